using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Benchmarks;

/// <summary>Instructions of the emitted C of published models in QEMU, beside those of other runtimes.</summary>
internal static class InstructionTable
{
    private static readonly string[] Cores = ["cortex-m0plus", "cortex-m4", "cortex-m55"];

    /// <returns>How many models are slower than TensorFlow Lite Micro.</returns>
    public static int Print(string root, string[] names)
    {
        Console.WriteLine("Instructions of one inference, emitted C at the default plan, and of TensorFlow Lite Micro (reference kernels on M0+, CMSIS-NN elsewhere).");
        Console.WriteLine("Nothing runs before the first inference: the emitted C has no function for it. Code: functions alone; theirs is the image without the model.");
        Console.WriteLine($"{"model",-22}{"core",-15}{"ours",12}{"theirs",14}{"ratio",8}{"code",8}{"theirs",8}{"RAM",9}{"start",7}{"theirs",10}");
        int slower = 0;
        foreach (PublishedInstructions published in PublishedInstructions.All.Where(p => names.Length == 0 || names.Contains(p.Model)))
        {
            string folder = Path.Combine(root, "golden", published.Model);
            Graph graph = TfliteReader.Read(File.ReadAllBytes(Path.Combine(folder, "model.tflite")), published.Model);
            foreach (string core in Cores)
            {
                using var scratch = new TemporaryFolder();
                foreach (EmittedFile file in FirmwareEmitter.Emit(new EmissionRequest(graph, new ModelCard("Net"), Budget.Unlimited)))
                    if (!file.Name.Contains('/', StringComparison.Ordinal)) File.WriteAllBytes(scratch[file.Name], file.Content.Span);
                EmulatedRun run = EmulatedFirmware.Run(scratch.Path, core, (Read(folder, "in0.bin"), Read(folder, "out0.bin")));
                long? other = published.On(core);
                if (run.Instructions > other) slower++;
                Console.WriteLine(FormattableString.Invariant(
                    $"{published.Model,-22}{core,-15}{run.Instructions,12:N0}{other,14:N0}{(double)run.Instructions / other,8:0.00}{run.CodeBytes,8:N0}{(core == "cortex-m4" ? published.CodeM4 : null),8:N0}{Planner.Plan(graph, Budget.Unlimited).ArenaBytes,9:N0}{0,7}{(core == "cortex-m4" ? published.StartM4 : null),10:N0}"));
                if (core == "cortex-m4" && published.TinyEngineM4 is { } engine)
                    Console.WriteLine(FormattableString.Invariant($"{"",-22}{"  TinyEngine",-15}{"",12}{engine,14:N0}{(double)run.Instructions / engine,8:0.00}"));
            }
        }
        return slower;
    }

    private static byte[] Read(string folder, string name) => File.ReadAllBytes(Path.Combine(folder, name));
}
