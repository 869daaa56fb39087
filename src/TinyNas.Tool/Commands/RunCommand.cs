using System.CommandLine;
using System.Globalization;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Tool.Commands;

/// <summary>Raw tensor bytes in, raw tensor bytes out. A file may hold several tensors back to back: one invocation each, state kept.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("MODEL.tflite");
        var inputs = new Option<string[]>("--input") { Description = "Bytes of an input tensor; once per input, in order.", Required = true };
        var outputs = new Option<string[]>("--output") { Description = "Where an output tensor's bytes go; once per output, in order.", Required = true };
        var trace = new Option<string?>("--trace") { Description = "A folder for every tensor of every invocation: <case>/<tensor index>.bin." };
        var command = new Command("run", "Runs a .tflite file on the integer kernels.") { model, inputs, outputs, trace };
        command.Run((parsed, cancellation) => Run(
            parsed.GetValue(model)!, parsed.GetValue(inputs)!, parsed.GetValue(outputs)!, parsed.GetValue(trace), cancellation));
        return command;
    }

    private static int Run(string model, string[] inputs, string[] outputs, string? trace, CancellationToken cancellation)
    {
        Graph graph = TfliteReader.Read(Files.ReadAllBytes(model), model);
        if (inputs.Length != graph.Inputs.Length || outputs.Length != graph.Outputs.Length)
        {
            Console.Error.WriteLine(
                $"The model has {graph.Inputs.Length} input(s) and {graph.Outputs.Length} output(s): give --input and --output as often.");
            return ExitCode.Usage;
        }
        byte[][] given = [.. inputs.Select(Files.ReadAllBytes)];
        int cases = Cases(graph, inputs, given);
        var interpreter = new Interpreter(graph);
        MemoryStream[] results = [.. outputs.Select(_ => new MemoryStream())];
        for (int i = 0; i < cases; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int t = 0; t < given.Length; t++)
            {
                Span<byte> input = interpreter.Input(t);
                given[t].AsSpan(i * input.Length, input.Length).CopyTo(input);
            }
            interpreter.Invoke();
            for (int t = 0; t < results.Length; t++) results[t].Write(interpreter.Output(t));
            if (trace is not null) Trace(interpreter, Path.Combine(trace, i.ToString(CultureInfo.InvariantCulture)));
        }
        for (int t = 0; t < outputs.Length; t++) Files.WriteAllBytes(outputs[t], results[t].ToArray());
        return ExitCode.Done;
    }

    /// <summary>Number of invocations that the files hold; the same for each.</summary>
    private static int Cases(Graph graph, string[] files, byte[][] given)
    {
        int cases = -1;
        for (int t = 0; t < files.Length; t++)
        {
            int size = graph.Tensors[graph.Inputs[t]].Bytes;
            if (given[t].Length == 0 || given[t].Length % size != 0)
                throw new TinyNasException(DiagnosticCatalogue.TensorFileSize, files[t], given[t].Length, size);
            if (cases >= 0 && given[t].Length / size != cases)
                throw new TinyNasException(DiagnosticCatalogue.TensorFileSize, files[t], given[t].Length, (long)size * cases);
            cases = given[t].Length / size;
        }
        return cases;
    }

    private static void Trace(Interpreter interpreter, string folder)
    {
        Directory.CreateDirectory(folder);
        for (int tensor = 0; tensor < interpreter.Graph.Tensors.Length; tensor++)
        {
            if (interpreter.Graph.Tensors[tensor].IsConstant) continue;
            string name = tensor.ToString(CultureInfo.InvariantCulture) + ".bin";
            Files.WriteAllBytes(Path.Combine(folder, name), interpreter.TensorBytes(tensor).ToArray());
        }
    }
}
