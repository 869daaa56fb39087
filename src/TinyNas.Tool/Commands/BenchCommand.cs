using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Tool.Commands;

internal static class BenchCommand
{
    public static Command Create()
    {
        var net = new Option<string>("--net")
        {
            Required = true, Description = "nanonas:K,C, dscnn-kws, mobilenet-0.25-96, tcn-har, autoencoder-640, or a .json network.",
        };
        var batch = new Option<int>("--batch") { Required = true, Description = "Samples per step, a multiple of 16." };
        var seconds = new Option<double>("--seconds") { Description = "How long to measure.", DefaultValueFactory = _ => 3 };
        var trials = new Option<int>("--trials") { Description = "Trials at once, a thread each: compares one with so many, in turns.", DefaultValueFactory = _ => 1 };
        var dump = new Option<string>("--dump") { Description = "Write the numbers of one step of 16 samples to this folder; measure nothing." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var train = new Command("train", "Samples per second of forward, backward and Adam on one core.") { net, batch, seconds, trials, dump, json };
        train.Run((parsed, cancellation) =>
        {
            int size = parsed.GetValue(batch);
            if (size < 16 || size % 16 != 0)
                throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "--batch", size, "a positive multiple of 16 is needed");
            if (parsed.GetValue(trials) is < 1 or > 1024) throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "--trials", parsed.GetValue(trials), "a number from 1 to 1024 is needed");
            var (network, loss) = BenchNetworks.Parse(parsed.GetRequiredValue(net));
            if (parsed.GetValue(dump) is { } folder)
            {
                TrainingDump.Write(network, loss, folder);
                return ExitCode.Done;
            }
            if (parsed.GetValue(trials) is not 1 and var count)
            {
                TrialScaling scaling = TrialScaling.Measure(network, loss, size, parsed.GetValue(seconds), count, cancellation);
                Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(scaling, JsonStyle.Indented) : scaling.ToString());
                return ExitCode.Done;
            }
            BenchmarkResult result = TrainingBenchmark.Run(network, loss, size, parsed.GetValue(seconds), cancellation);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(result, JsonStyle.Indented) : Describe(result));
            return ExitCode.Done;
        });
        return new Command("bench", "Measures the speed of training.") { train };
    }

    private static string Describe(BenchmarkResult r) => string.Create(CultureInfo.InvariantCulture,
        $"{r.SamplesPerSecond:F0} samples/s ({r.SamplesPerCpuSecond:F0} per CPU second), {r.Gflops:F1} GFLOP/s, {r.VectorWidth} lanes; loss {r.FirstLoss:F4} -> {r.LastLoss:F4} in {r.Steps} steps; "
        + $"{r.PlannedBytes / 1048576.0:F1} MiB, {r.AllocatedBytesPerStep:F0} bytes allocated per step");
}
