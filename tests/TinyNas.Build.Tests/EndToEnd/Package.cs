namespace TinyNas.Build.Tests;

/// <summary>The package, packed once per test run under a version of its own: a version that was seen before would come from a cache.</summary>
[TestClass]
public static class Package
{
    private static readonly Lazy<TemporaryFolder> Packed = new(Pack);

    public static string Version { get; } = "0.1.0-test." + Environment.ProcessId + "." + DateTime.UtcNow.Ticks;

    public static string Feed => Packed.Value["feed"];

    /// <summary>Where consumers restore to, in place of the user's own packages.</summary>
    public static string Packages => Packed.Value["packages"];

    public static string File => Directory.GetFiles(Feed, "*.nupkg").Single();

    [AssemblyCleanup]
    public static void Delete()
    {
        if (Packed.IsValueCreated) Packed.Value.Dispose();
    }

    // What the tests were built with is what is packed: building again would take a minute and race with other test projects.
    private static TemporaryFolder Pack()
    {
        var folder = new TemporaryFolder();
        DotNet.Run(Repository.Root, "pack", "src/TinyNas.Build", "--no-build", "-c", TaskProject.Configuration, "-o", folder["feed"], "-p:Version=" + Version)
            .MustSucceed("dotnet pack");
        return folder;
    }
}
