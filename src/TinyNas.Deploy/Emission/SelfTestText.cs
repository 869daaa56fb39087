using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>n_selftest.c: inputs from a seeded generator that the C repeats, expected outputs from the interpreter.</summary>
internal static class SelfTestText
{
    private const int MostCases = 8;

    /// <summary>Expected outputs cost flash on the target: wide outputs get fewer cases.</summary>
    private const int MostExpectedBytes = 4096;

    public static string Render(EmissionModel model)
    {
        Graph graph = model.Graph;
        int outputBytes = graph.Outputs.Sum(o => graph.Tensors[o].Bytes);
        int cases = Math.Clamp(MostExpectedBytes / outputBytes, 1, MostCases);
        // The C library decides the last bits of this operator.
        bool isTolerant = graph.Operators.Any(o => o.Code == OperatorCode.LogSoftmax && graph.Tensors[o.Outputs[0]].Type == ElementType.Float32);
        var seeds = new uint[cases];
        var expected = new List<byte>();
        var interpreter = new Interpreter(graph);
        RandomStream stream = RandomStream.Create(1, RandomStream.KeyOf("selftest"));
        for (int i = 0; i < cases; i++)
        {
            seeds[i] = (uint)stream.NextUInt64();
            uint state = seeds[i];
            for (int k = 0; k < graph.Inputs.Length; k++) Fill(interpreter.Input(k), ref state);
            interpreter.Invoke();
            for (int k = 0; k < graph.Outputs.Length; k++) expected.AddRange(interpreter.Output(k));
        }
        return model.Renderer.Render("selftest.c", model.Values(
            ("cases", cases.ToString(CultureInfo.InvariantCulture)),
            ("seeds", "{" + string.Join(", ", seeds.Select(s => s.ToString(CultureInfo.InvariantCulture) + "u")) + "}"),
            ("expected", CText.Array<byte>("uint8_t", "expected", expected.ToArray()).TrimEnd('\n')),
            ("fills", Lines(model, "input", graph.Inputs, (function, bytes) => $"        fill({function}(), {bytes});\n")),
            ("compares", Lines(model, "output", graph.Outputs, (function, bytes) =>
                $"        if ({(isTolerant ? "differs" : "memcmp")}({function}(), next, {bytes}) != 0) return i + 1;\n        next += {bytes};\n")),
            ("tolerant", isTolerant)));
    }

    /// <summary>The same generator as in the template: the upper byte of a linear congruential step.</summary>
    private static void Fill(Span<byte> input, ref uint state)
    {
        for (int i = 0; i < input.Length; i++)
        {
            state = unchecked(state * 1664525 + 1013904223);
            input[i] = (byte)(state >> 24);
        }
    }

    private static string Lines(EmissionModel model, string role, ImmutableArray<int> tensors, Func<string, string, string> line)
    {
        // Where there are several tensors, the first function is but another name of the one with index 0.
        bool several = tensors.Length > 1;
        string[] functions = [.. model.Text.Signatures(role, tensors).Skip(several ? 1 : 0).Select(f => f.Function)];
        var text = new StringBuilder();
        for (int i = 0; i < functions.Length; i++)
        {
            string macro = $"{model.Names.Capitals}_{role.ToUpperInvariant()}";
            text.Append(line(functions[i], several ? string.Create(CultureInfo.InvariantCulture, $"{macro}_{i}_BYTES") : macro + "_BYTES"));
        }
        return text.ToString().TrimEnd('\n');
    }
}
