using System.IO.Compression;
using System.Xml.Linq;

namespace TinyNas.Training.TorchSharp.Tests;

/// <summary>Both packages as a user has them, TorchSharp coming from where these tests restored it to.</summary>
[TestClass]
public class PackageTests
{
    private const string Version = "0.1.0-torch";
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    [TestMethod]
    public void AProjectThatReferencesThePackageTrainsWithTorch()
    {
        using var folder = new TemporaryFolder();
        string feed = folder["feed"], app = folder["my app"];
        Pack("TinyNas.Build", feed);
        Pack("TinyNas.Training.TorchSharp", feed);
        Assert.AreEqual("TorchSharp [0.99.6, 0.108.0)", string.Join(", ", Dependencies(Path.Combine(feed, $"TinyNas.Training.TorchSharp.{Version}.nupkg"))));

        WriteProject(app, feed);
        CommandResult build = DotNet(app, "build", "--nologo", "-tl:off").MustSucceed("dotnet build");
        StringAssert.Contains(build.Output, "final training");
        StringAssert.Contains(File.ReadAllText(Path.Combine(app, "tinynas", "Gesture.lock.json")), "\"Trainer\": \"TorchSharp\"");
        string output = Path.Combine(app, "bin", "Debug", "net10.0");
        Assert.IsTrue(File.Exists(Path.Combine(output, "firmware", "Gesture", "gesture.c")));
        Assert.IsEmpty(Directory.EnumerateFiles(output, "*orch*", SearchOption.AllDirectories), "nothing of torch goes into the user's program");
        Assert.AreEqual("fast|slow", DotNet(app, "exec", Path.Combine(output, "App.dll")).MustSucceed("App").Output.Trim());
    }

    private static void WriteProject(string app, string feed)
    {
        Recordings.Write(Path.Combine(app, "data"));
        File.WriteAllText(Path.Combine(app, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="feed" value="{feed}" /><add key="restored" value="{Restored()}" /></packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(app, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <TinyNasRam>16KiB</TinyNasRam>
                <TinyNasTrials>2</TinyNasTrials>
                <TinyNasEpochs>2</TinyNasEpochs>
                <TinyNasFinalEpochs>4</TinyNasFinalEpochs>
                <TinyNasTrainer>TorchSharp</TinyNasTrainer>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TinyNas.Build" Version="{Version}" PrivateAssets="all" />
                <PackageReference Include="TinyNas.Training.TorchSharp" Version="{Version}" PrivateAssets="all" />
                <PackageReference Include="TorchSharp-cpu" Version="0.99.6" PrivateAssets="all" ExcludeAssets="compile;runtime;native" />
                <TinyNasModel Include="Gesture" Data="data" Window="16" Stride="8" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(app, "Program.cs"), "System.Console.WriteLine(string.Join(\"|\", App.Gesture.Labels));\n");
    }

    private static void Pack(string project, string feed) => DotNet(Repository.Root,
        "pack", $"src/{project}", "--no-build", "-c", Configuration, "-o", feed, "-p:Version=" + Version, "-p:WithTorchSharp=true").MustSucceed("dotnet pack " + project);

    private static IEnumerable<string> Dependencies(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        using Stream nuspec = archive.Entries.Single(e => e.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return [.. XDocument.Load(nuspec).Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => $"{(string?)e.Attribute("id")} {(string?)e.Attribute("version")}")];
    }

    /// <summary>The folder that packages are restored to; it is a package source of its own.</summary>
    private static string Restored() => DotNet(Repository.Root, "nuget", "locals", "global-packages", "--list").MustSucceed("dotnet nuget locals").Output.Split(": ", 2)[1].Trim();

    private static CommandResult DotNet(string folder, params string[] arguments) => Command.Run("dotnet", arguments, folder,
        new Dictionary<string, string?> { ["CI"] = null, ["ContinuousIntegrationBuild"] = null, ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_UI_LANGUAGE"] = "en" });
}
