using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TinyNas.Data;
using TinyNas.Deploy;
using TinyNas.Model;
using TinyNas.Tool.Builds;
using TinyNas.Tool.Requests;

namespace TinyNas.Benchmarks;

internal sealed record StudyResult(
    Study Study, int Seed, string Winner, ResourceEstimate Resources, string TextSize, double FloatAccuracy, double TestAccuracy,
    int Trained, int Epochs, double Seconds, int Samples, bool CEqualsCSharp)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"""
        {Study.Name}, seed {Seed}: {Winner}; {Resources.Macs:N0} MACs; ram.c {Resources.RamC:N0} + stack {Resources.RamCStack:N0}; constants {Resources.ConstantBytes:N0}; {TextSize}
          test accuracy float {FloatAccuracy:0.0000}, int8 {TestAccuracy:0.0000}; {Trained} networks trained, {Epochs} epochs; {Seconds:0.0} s; C = C# on all {Samples} test samples: {CEqualsCSharp}
        """);
}

/// <summary>Runs the build's worker on a request, then checks what it left against the whole test set.</summary>
internal static class StudyRun
{
    public static StudyResult Run(Study study, string root, int seed, string? keep, string? strategy)
    {
        using var folder = new TemporaryFolder();
        string request = WriteRequest(study, root, seed, folder.Path, strategy);
        long start = Stopwatch.GetTimestamp();
        RunWorker(request);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        StoredModel model = ResultStore.Lock(folder["lock"], study.Name).Read()!;
        Graph graph = TfliteReader.Read(model.Tflite, study.Name);
        DataSet train = DataSetReader.Read(Options(study.Data, study, root));
        DataSet test = DataSetReader.Read(Options(study.TestData!, study, root), train);
        byte[] inputs = Encode(test, model.Result.Card.Input!);
        byte[] expected = Interpret(graph, inputs, test.Count);
        byte[] actual = RunEmittedC(study.Name, folder, inputs, graph.Input.Bytes, expected.Length);

        if (keep is not null) Keep(folder["out", "firmware"], Path.Combine(keep, $"{study.Name}-{seed}"));
        var metrics = model.Result.Card.Metrics;
        return new StudyResult(study, seed, model.Result.Card.Winner,
            ResourceEstimator.Estimate(graph, Planner.Plan(graph, Budget.Unlimited), "cortex-m4"), ArmSize(study.Name, folder),
            metrics["testAccuracyFloat"], metrics["testAccuracyInt8"], (int)metrics["trialsTrained"], (int)(metrics["trialEpochs"] + metrics["finalEpochs"]),
            seconds, test.Count, expected.AsSpan().SequenceEqual(actual));
    }

    /// <summary>The worker goes on for as long as its standard input is open.</summary>
    private static void RunWorker(string request)
    {
        using var worker = Process.Start(new ProcessStartInfo("dotnet", [ToolPath, "search", request]) { RedirectStandardInput = true })!;
        worker.WaitForExit();
        if (worker.ExitCode != 0) throw new InvalidOperationException($"The worker exited with {worker.ExitCode}.");
    }

    private static string ToolPath => Path.Combine(AppContext.BaseDirectory, "tinynas.dll");

    private static DataOptions Options(string path, Study study, string root) => new()
    {
        Path = Path.GetFullPath(Path.Combine(root, path)),
        Input = study.Input is null ? null : new Shape(50, 50, 3),
        Window = study.Window is null ? null : int.Parse(study.Window, CultureInfo.InvariantCulture),
        Stride = study.Stride is null ? null : int.Parse(study.Stride, CultureInfo.InvariantCulture),
    };

    private static string WriteRequest(Study study, string root, int seed, string folder, string? strategy)
    {
        string project = Path.Combine(folder, "Study.csproj");
        Setting[] settings =
        [
            .. new (string Name, string? Value)[]
            {
                ("Data", Path.GetFullPath(Path.Combine(root, study.Data))),
                ("TestData", study.TestData is null ? null : Path.GetFullPath(Path.Combine(root, study.TestData))),
                ("Input", study.Input), ("Device", study.Device), ("Ram", study.Ram), ("Flash", study.Flash), ("Strategy", strategy), ("Epochs", study.Epochs), ("Window", study.Window), ("Stride", study.Stride), ("Macs", study.Macs),
                ("Seed", seed.ToString(CultureInfo.InvariantCulture)),
            }.Where(s => s.Value is not null).Select(s => new Setting(s.Name, s.Value!, project, 1, 1)),
        ];
        var file = new RequestFile(RequestFile.CurrentSchema, "0.1.0", project, study.Name, "Search", "Study",
            Path.Combine(folder, "cache"), Path.Combine(folder, "out"), Path.Combine(folder, "lock"), settings);
        string path = Path.Combine(folder, "request.json");
        File.WriteAllText(path, JsonSerializer.Serialize(file, new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase }));
        return path;
    }

    private static void Keep(string firmware, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(firmware)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
    }

    private static byte[] Encode(DataSet data, InputEncoding encoding)
    {
        int size = data.Shape.Count, channels = data.Shape.Channels;
        var bytes = new byte[data.Count * size];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)encoding.Quantise(data.ElementType == ElementType.UInt8 ? data.Bytes[i] : data.Floats[i], i % channels);
        return bytes;
    }

    private static byte[] Interpret(Graph graph, byte[] inputs, int count)
    {
        var interpreter = new Interpreter(graph);
        int inputSize = graph.Input.Bytes, outputSize = graph.Output.Bytes;
        var outputs = new byte[count * outputSize];
        for (int i = 0; i < count; i++)
        {
            inputs.AsSpan(i * inputSize, inputSize).CopyTo(interpreter.Input());
            interpreter.Invoke();
            interpreter.Output().CopyTo(outputs.AsSpan(i * outputSize, outputSize));
        }
        return outputs;
    }

    private static byte[] RunEmittedC(string name, TemporaryFolder folder, byte[] inputs, int inputBytes, int outputBytes)
    {
        string firmware = folder["out", "firmware"];
        File.WriteAllText(folder["driver.c"],
            $$"""
            #include <stdio.h>
            #include "{{name}}.h"
            int main(void) {
                while (fread({{name}}_input(), 1, {{inputBytes}}, stdin) == {{inputBytes}}) {
                    {{name}}_invoke();
                    fwrite({{name}}_output(), 1, {{name.ToUpperInvariant()}}_OUTPUT_BYTES, stdout);
                }
                return 0;
            }
            """);
        Command.Run("gcc", ["-std=c99", "-O2", "-Wall", "-Wextra", "-Werror", "-I", firmware, folder["driver.c"], Path.Combine(firmware, name + ".c"), "-o", folder["driver"]])
            .MustSucceed("gcc");
        File.WriteAllBytes(folder["inputs"], inputs);
        Command.Run("sh", ["-c", "./driver < inputs > outputs"], folder.Path).MustSucceed("driver");
        return File.ReadAllBytes(folder["outputs"]);
    }

    private static string ArmSize(string name, TemporaryFolder folder)
    {
        if (Command.Find("arm-none-eabi-gcc") is null) return "arm-none-eabi-gcc not installed";
        Command.Run("arm-none-eabi-gcc", ["-mcpu=cortex-m4", "-mthumb", "-O2", "-std=c99", "-c", folder["out", "firmware", name + ".c"], "-o", folder["arm.o"]]).MustSucceed("arm-none-eabi-gcc");
        string[] fields = Command.Run("arm-none-eabi-size", [folder["arm.o"]]).Output.Split('\n')[1].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return $"arm-none-eabi-size text {fields[0]} data {fields[1]} bss {fields[2]}";
    }
}
