using System.Text;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>The emitted C of a graph, compiled for this machine with a main that runs one invocation per input in a file.</summary>
internal sealed class EmittedProgram : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Graph graph;

    private EmittedProgram(Graph graph) => this.graph = graph;

    public static EmittedProgram Compile(Graph graph, params string[] flags) => Compile(graph, Budget.Unlimited, flags);

    public static EmittedProgram Compile(Graph graph, Budget budget, params string[] flags)
    {
        string gcc = Command.Require("gcc");
        var program = new EmittedProgram(graph);
        Write(program.folder.Path, FirmwareEmitter.Emit(new EmissionRequest(graph, new ModelCard("Net"), budget)));
        File.WriteAllText(program.folder["main.c"], program.Main());
        Command.Run(gcc,
            [
                "-std=c99", "-O1", "-g", "-Wall", "-Wextra", "-Werror", "-pedantic", "-fsanitize=address,undefined", "-fno-sanitize-recover=all",
                .. flags, "main.c", "net.c", "-o", "net",
            ], program.folder.Path).MustSucceed("gcc");
        return program;
    }

    public static void Write(string folder, IEnumerable<EmittedFile> files)
    {
        foreach (EmittedFile file in files)
        {
            string place = Path.Combine(folder, file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.WriteAllBytes(place, file.Content.Span);
        }
    }

    /// <summary>All outputs of all invocations, one after the other.</summary>
    public byte[] Run(byte[] inputs)
    {
        File.WriteAllBytes(folder["in.bin"], inputs);
        Command.Run(folder["net"], ["in.bin", "out.bin"], folder.Path).MustSucceed("the emitted program");
        return File.ReadAllBytes(folder["out.bin"]);
    }

    /// <summary>Runs random inputs through both and compares every byte. Half of the inputs are noise, half are flat with little noise.</summary>
    /// <returns>How many different outputs there were.</returns>
    public int MustEqualInterpreter(int count, ulong seed)
    {
        var interpreter = new Interpreter(graph);
        int inputBytes = graph.Inputs.Sum(i => graph.Tensors[i].Bytes), outputBytes = graph.Outputs.Sum(o => graph.Tensors[o].Bytes);
        var inputs = new byte[count * inputBytes];
        var random = new RandomStream(seed, 99);
        for (int i = 0; i < count; i++)
        {
            int low = i % 2 == 0 ? 0 : random.NextInt(240), range = i % 2 == 0 ? 256 : 16;
            foreach (ref byte b in inputs.AsSpan(i * inputBytes, inputBytes)) b = (byte)(low + random.NextInt(range));
        }
        byte[] actual = Run(inputs);
        Assert.AreEqual(count * outputBytes, actual.Length);
        int position = 0;
        var distinct = new HashSet<string>();
        for (int i = 0; i < count; i++)
        {
            distinct.Add(Convert.ToHexString(actual, i * outputBytes, outputBytes));
            int at = i * inputBytes;
            for (int k = 0; k < graph.Inputs.Length; k++)
            {
                inputs.AsSpan(at, interpreter.Input(k).Length).CopyTo(interpreter.Input(k));
                at += interpreter.Input(k).Length;
            }
            interpreter.Invoke();
            for (int k = 0; k < graph.Outputs.Length; k++)
            {
                ReadOnlySpan<byte> expected = interpreter.Output(k);
                if (!expected.SequenceEqual(actual.AsSpan(position, expected.Length)))
                    Assert.Fail($"case {i}, output {k}: interpreter {Convert.ToHexString(expected)}, C {Convert.ToHexString(actual, position, expected.Length)}");
                position += expected.Length;
            }
        }
        return distinct.Count;
    }

    public void Dispose() => folder.Dispose();

    private string Main()
    {
        var text = new StringBuilder("#include <stdio.h>\n#include \"net.h\"\nint main(int argc, char **argv)\n{\n    FILE *in, *out;\n    if (argc != 3) return 2;\n    in = fopen(argv[1], \"rb\");\n    out = fopen(argv[2], \"wb\");\n    if (in == NULL || out == NULL) return 3;\n" + (graph.Tensors.Any(t => t.IsVariable) ? "    net_reset();\n" : "") + "    for (;;) {\n");
        for (int k = 0; k < graph.Inputs.Length; k++)
            text.Append($"        if (fread(net_input{Suffix(graph.Inputs.Length, k)}(), 1, NET_INPUT{Suffix(graph.Inputs.Length, k).ToUpperInvariant()}_BYTES, in) == 0) break;\n");
        text.Append("        net_invoke();\n");
        for (int k = 0; k < graph.Outputs.Length; k++)
            text.Append($"        fwrite(net_output{Suffix(graph.Outputs.Length, k)}(), 1, NET_OUTPUT{Suffix(graph.Outputs.Length, k).ToUpperInvariant()}_BYTES, out);\n");
        return text.Append("    }\n    fclose(out);\n    return 0;\n}\n").ToString();
    }

    private static string Suffix(int count, int index) => count > 1 ? $"_{index}" : "";
}
