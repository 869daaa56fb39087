using System.Globalization;
using System.Text;

namespace TinyNas.Build.Tests;

/// <summary>
/// A user's project: outside the repository, in a folder whose name is hard on tools, with the package from a folder feed
/// and no other source, so that nothing can come from the network.
/// </summary>
internal sealed class Consumer : IDisposable
{
    /// <summary>The one second framework whose references every SDK brings along, unless it is told to fetch those of desktop programs.</summary>
    private const string Windows = "<EnableWindowsTargeting>true</EnableWindowsTargeting><DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>";
    private readonly TemporaryFolder root = new();

    public Consumer(string item = "<TinyNasModel Include=\"Gesture\" Data=\"data\" />", string properties = "<TinyNasRam>16KiB</TinyNasRam>", string frameworks = "net10.0")
    {
        Folder = root["Prüf stand 日本", "App"];
        Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Package.Packages}" /></config>
              <packageSources><clear /><add key="feed" value="{Package.Feed}" /></packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """);
        Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework{(frameworks.Contains(';') ? "s" : "")}>{frameworks}</TargetFramework{(frameworks.Contains(';') ? "s" : "")}>
                <OutputType>Exe</OutputType>
                {(frameworks.Contains("windows") ? Windows : "")}
                <ImplicitUsings>enable</ImplicitUsings>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TinyNas.Build" Version="{Package.Version}" PrivateAssets="all" />
                {item}
              </ItemGroup>
            </Project>
            """);
        Write("Program.cs", "System.Console.WriteLine(\"hello\");\n");
    }

    public string Folder { get; }

    public string Cache => Path.Combine(Folder, "obj", "tinynas");

    /// <summary>Properties that put the worker of these tests in the place of the package's.</summary>
    public static string FakeWorker(string behaviour = "ok") =>
        $"<TinyNasRam>16KiB</TinyNasRam><TinyNasToolPath>{TaskProject.Worker}</TinyNasToolPath><TinyNasStrategy>{behaviour}</TinyNasStrategy>";

    public string[] Runs => File.Exists(Path.Combine(Cache, "runs.txt")) ? File.ReadAllLines(Path.Combine(Cache, "runs.txt")) : [];

    public void Write(string name, string text)
    {
        string path = this[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
    }

    public string this[string name] => Path.Combine(Folder, name);

    public CommandResult DotNetRun(params string[] arguments) => DotNet.Run(Folder, arguments);

    /// <summary>dotnet build, which must succeed.</summary>
    public CommandResult Build(params string[] arguments) => TryBuild(arguments).MustSucceed("dotnet build");

    public CommandResult TryBuild(params string[] arguments) => DotNetRun(["build", "--nologo", "-tl:off", .. arguments]);

    /// <summary>Recordings of two axes, 16 rows a window: "slow" and "fast" oscillations, told apart at a glance. One file a group.</summary>
    public void WriteRecordings(int files = 6)
    {
        for (int file = 0; file < files; file++)
        {
            var text = new StringBuilder("x,y,label\n");
            foreach (var (label, period) in new[] { ("slow", 16), ("fast", 4) })
                for (int row = 0; row < 160; row++)
                {
                    double angle = 2 * Math.PI * (row + 3 * file) / period;
                    text.Append(CultureInfo.InvariantCulture, $"{Math.Sin(angle) * (1 + file * 0.1):0.000},{Math.Cos(angle):0.000},{label}\n");
                }
            Write($"data/person-{file}.csv", text.ToString());
        }
    }

    public void Dispose() => root.Dispose();
}
