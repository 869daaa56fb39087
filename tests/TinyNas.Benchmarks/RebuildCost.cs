using System.Diagnostics;
using System.Globalization;
using TinyNas.Testing;

namespace TinyNas.Benchmarks;

/// <summary>
/// What the package costs a build that has nothing to do: the same project with it and without it, built in turns so that
/// whatever else the machine does falls on both alike.
/// </summary>
internal static class RebuildCost
{
    private const int MostMilliseconds = 100, TicksPerSecond = 100;
    private const string Version = "0.1.0-rebuild";

    private static readonly Dictionary<string, string?> Environment = new()
    {
        // What a test run or a build server leaves behind changes what is measured.
        ["CI"] = null, ["ContinuousIntegrationBuild"] = null, ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_UI_LANGUAGE"] = "en",
    };

    /// <returns>0 when the difference of the medians is within the promise, otherwise 1.</returns>
    public static int Print(int runs)
    {
        using var folder = new TemporaryFolder();
        string configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;
        DotNet(Repository.Root, "pack", "src/TinyNas.Build", "-c", configuration, "-o", folder["feed"], "-p:Version=" + Version, "-v:q");
        string with = Prepare(folder, "With", $"""
            <PackageReference Include="TinyNas.Build" Version="{Version}" PrivateAssets="all" />
            <TinyNasModel Include="Gesture" Data="data" Window="16" Stride="8" Ram="16KiB" Trials="2" Epochs="2" FinalEpochs="2" />
            """), without = Prepare(folder, "Without", "");
        List<Cost> plain = [], packaged = [];
        for (int i = 0; i < runs; i++)
        {
            plain.Add(Rebuild(without));
            packaged.Add(Rebuild(with));
        }
        Cost first = Median(plain), second = Median(packaged);
        Console.WriteLine(Line("without the package", first));
        Console.WriteLine(Line("with the package", second));
        Console.WriteLine(Line("difference", new Cost(second.Wall - first.Wall, second.Processor - first.Processor)));
        return second.Wall - first.Wall <= MostMilliseconds ? 0 : 1;
    }

    private static string Line(string what, Cost cost) =>
        string.Create(CultureInfo.InvariantCulture, $"{what,-20} {cost.Wall,7:0} ms{(OperatingSystem.IsLinux() ? $", of processors {cost.Processor,7:0} ms" : "")}");

    private static Cost Median(List<Cost> costs) =>
        new(costs.Select(c => c.Wall).Order().ElementAt(costs.Count / 2), costs.Select(c => c.Processor).Order().ElementAt(costs.Count / 2));

    private static Cost Rebuild(string project)
    {
        double processor = ChildrensProcessorTime();
        long start = Stopwatch.GetTimestamp();
        DotNet(project, "build", "--no-restore", "--nologo", "-v:m", "-tl:off");
        return new Cost(Stopwatch.GetElapsedTime(start).TotalMilliseconds, ChildrensProcessorTime() - processor);
    }

    /// <summary>Milliseconds of all children that ended, which a busy machine lengthens far less than the time on the clock.</summary>
    private static double ChildrensProcessorTime()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        string line = File.ReadAllText("/proc/self/stat");
        string[] fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return fields[13..15].Sum(f => double.Parse(f, CultureInfo.InvariantCulture)) * 1000 / TicksPerSecond;
    }

    private static string Prepare(TemporaryFolder root, string name, string items)
    {
        string folder = Directory.CreateDirectory(root[name]).FullName;
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{root["packages"]}" /></config>
              <packageSources><clear /><add key="feed" value="{root["feed"]}" /></packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(folder, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "System.Console.WriteLine();\n");
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        for (int file = 0; file < 20; file++) File.WriteAllText(Path.Combine(folder, "data", $"{file}.csv"), Recording(file));
        DotNet(folder, "build", "--nologo", "-v:m", "-tl:off");
        return folder;
    }

    private static string Recording(int file) => "x,y,label\n" + string.Concat(new[] { ("slow", 16), ("fast", 4) }.SelectMany(kind => Enumerable.Range(0, 160).Select(row =>
    {
        double angle = 2 * Math.PI * (row + 3 * file) / kind.Item2;
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Sin(angle):0.000},{Math.Cos(angle):0.000},{kind.Item1}\n");
    })));

    private static void DotNet(string folder, params string[] arguments)
    {
        CommandResult result = Command.Run("dotnet", arguments, folder, Environment);
        if (result.ExitCode != 0) throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed:\n{result.Output}\n{result.Error}");
    }

    /// <summary>Milliseconds on the clock and of processors.</summary>
    private sealed record Cost(double Wall, double Processor);
}
