using System.Globalization;
using System.Text;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>The emitted C where int has 16 bits: built by avr-gcc and run in simavr, every output byte against the interpreter.</summary>
[TestClass]
public class AvrTests
{
    private const int Cases = 10;

    /// <summary>The ATmega328P has 2 KiB of RAM, constants included: avr-gcc copies them there.</summary>
    [TestMethod]
    public void APublishedModelIsExactWithinTwoKilobytesOfRam()
    {
        const int ram = 2048, stack = 300;
        GoldenModel model = GoldenModel.Load("tflm_hello_world_int8");
        using var folder = new TemporaryFolder();
        EmittedProgram.Write(folder.Path, FirmwareEmitter.Emit(new EmissionRequest(model.Graph, new ModelCard("Net"), Budget.Unlimited)));
        var body = new StringBuilder("    put_hex((uint8_t)net_selftest());\n");
        foreach (GoldenCase golden in model.Cases)
            body.Append(CultureInfo.InvariantCulture, $"    *net_input() = {(sbyte)golden.Input[0]};\n    net_invoke();\n    put_hex((uint8_t)*net_output());\n");
        (string output, int bytes) = Avr.Run(folder.Path, "atmega328p", "net.h\"\nint net_selftest(void);\n#include \"net.h", body.ToString(), "net.c", "net_selftest.c");
        Assert.AreEqual("00" + string.Concat(model.Cases.Select(c => Convert.ToHexStringLower(c.Output))), output);
        Assert.IsTrue(bytes <= ram - stack, $"{bytes} bytes of static memory");
        Console.WriteLine($"{bytes} bytes of static memory");
    }

    /// <summary>Several networks to an image, so many as its memory holds.</summary>
    [TestMethod]
    public void EveryOperatorComputesWhatTheInterpreterDoes()
    {
        foreach (var group in OperatorNetworks.All.Select((o, i) => (o.Key, Graph: o.Value(5), Index: i)).Chunk(6))
        {
            using var folder = new TemporaryFolder();
            var body = new StringBuilder();
            var includes = new StringBuilder();
            string expected = "";
            foreach (var (_, graph, index) in group)
            {
                var card = new ModelCard($"Net{index}");
                EmittedProgram.Write(folder.Path, FirmwareEmitter.Emit(new EmissionRequest(graph, card, Budget.Unlimited)));
                includes.Append(CultureInfo.InvariantCulture, $"net{index}.h\"\n#include \"");
                body.Append(Runs(graph, $"net{index}"));
                expected += Hash(graph).ToString("x8", CultureInfo.InvariantCulture);
            }
            File.WriteAllText(folder["hash.h"], Support);
            (string output, int bytes) = Avr.Run(folder.Path, "atmega1284", includes + "hash.h", body.ToString(), [.. group.Select(n => $"net{n.Index}.c")]);
            Assert.AreEqual(expected, output, $"{string.Join(", ", group.Select(n => n.Key))}: {bytes} bytes of static memory");
        }
    }

    private const string Support = """
        static uint32_t state, hash;

        static void fill(void *input, uint16_t bytes)
        {
            uint8_t *p = (uint8_t *)input;
            while (bytes-- != 0) {
                state = state * 1664525u + 1013904223u;
                *p++ = (uint8_t)(state >> 24);
            }
        }

        static void mix(const void *output, uint16_t bytes)
        {
            const uint8_t *p = (const uint8_t *)output;
            while (bytes-- != 0) hash = (hash ^ *p++) * 16777619u;
        }

        """;

    private static string Runs(Graph graph, string name)
    {
        string N = name.ToUpperInvariant();
        string Each(string role, int count, string function) => string.Concat(Enumerable.Range(0, count).Select(i =>
            $"            {function}({name}_{role}{(count > 1 ? $"_{i}" : "")}(), {N}_{role.ToUpperInvariant()}{(count > 1 ? $"_{i}" : "")}_BYTES);\n"));
        return $"    {{\n        uint8_t k;\n        state = 1;\n        hash = 2166136261u;\n{(graph.Tensors.Any(t => t.IsVariable) ? $"        {name}_reset();\n" : "")}"
            + $"        for (k = 0; k < {Cases}; k++) {{\n{Each("input", graph.Inputs.Length, "fill")}            {name}_invoke();\n{Each("output", graph.Outputs.Length, "mix")}        }}\n"
            + "        for (k = 0; k < 4; k++) put_hex((uint8_t)(hash >> (24 - 8 * k)));\n    }\n";
    }

    private static uint Hash(Graph graph)
    {
        var interpreter = new Interpreter(graph);
        uint state = 1, hash = 2166136261;
        unchecked
        {
            for (int k = 0; k < Cases; k++)
            {
                for (int i = 0; i < graph.Inputs.Length; i++)
                    foreach (ref byte b in interpreter.Input(i))
                    {
                        state = state * 1664525 + 1013904223;
                        b = (byte)(state >> 24);
                    }
                interpreter.Invoke();
                for (int i = 0; i < graph.Outputs.Length; i++)
                    foreach (byte b in interpreter.Output(i)) hash = (hash ^ b) * 16777619;
            }
        }
        return hash;
    }
}
