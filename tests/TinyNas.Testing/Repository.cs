namespace TinyNas.Testing;

/// <summary>Paths of the checkout that the tests run in.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of the reference material beside the checkout; the test is skipped where it is absent.</summary>
    public static string Shared(string relative)
    {
        string path = Path.GetFullPath(Path.Combine(Root, "..", "shared", relative));
        if (!File.Exists(path) && !Directory.Exists(path)) Assert.Inconclusive($"needs ../shared/{relative}, which is not here");
        return path;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TinyNas.Build.sln"))) return folder.FullName;
        throw new InvalidOperationException("The tests do not run inside the checkout.");
    }
}
