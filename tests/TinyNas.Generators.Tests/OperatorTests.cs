using System.Text;
using TinyNas.Deploy;
using TinyNas.Deploy.Tests;
using TinyNas.Model;

namespace TinyNas.Generators.Tests;

/// <summary>A generated class for each operator, all in one assembly with strict settings, against the interpreter.</summary>
[TestClass]
public class OperatorTests
{
    [TestMethod]
    public void EveryOperatorEqualsTheInterpreter()
    {
        var graphs = OperatorNetworks.All.Select((o, i) => (Name: $"Net{(char)('A' + i / 26)}{(char)('A' + i % 26)}", Operator: o.Key, Graph: o.Value(7))).ToList();
        var sources = new StringBuilder("#pragma warning disable CS1591\nusing System.Runtime.InteropServices;\npublic static class Runner\n{\n");
        foreach (var (name, _, graph) in graphs) sources.Append(Method(name, graph));
        GeneratorResult result = (GeneratorRun.Of([.. graphs.Select(g => BindingsWriter.Write(g.Graph, new ModelCard(g.Name), Samples.Estimate, ""))]) with
        {
            Sources = [sources.Append("}\n").ToString()], IsStrict = true,
        }).Run();
        var methods = result.LoadAll<Func<byte[][], byte[][]>>("Runner");
        foreach (var (name, kind, graph) in graphs)
        {
            var interpreter = new Interpreter(graph);
            RandomStream random = RandomStream.Create(3, RandomStream.KeyOf(kind));
            for (int k = 0; k < 50; k++)
            {
                byte[][] inputs = [.. graph.Inputs.Select(i => Bytes(ref random, graph.Tensors[i].Bytes))];
                for (int i = 0; i < inputs.Length; i++) inputs[i].CopyTo(interpreter.Input(i));
                interpreter.Invoke();
                byte[][] outputs = methods[name](inputs);
                for (int i = 0; i < outputs.Length; i++) CollectionAssert.AreEqual(interpreter.Output(i).ToArray(), outputs[i], $"{kind}, input {k}, output {i}");
            }
        }
    }

    private static byte[] Bytes(ref RandomStream random, int count)
    {
        var bytes = new byte[count];
        foreach (ref byte b in bytes.AsSpan()) b = (byte)random.NextInt(256);
        return bytes;
    }

    private static string Method(string name, Graph graph)
    {
        string inputs = string.Join(", ", graph.Inputs.Select((t, i) => $"MemoryMarshal.Cast<byte, {Keyword(graph.Tensors[t].Type)}>(inputs[{i}])"));
        string outputs = string.Join("", graph.Outputs.Select((t, i) => $"        var output{i} = new {Keyword(graph.Tensors[t].Type)}[{graph.Tensors[t].Count}];\n"));
        string names = string.Join(", ", graph.Outputs.Select((_, i) => $"output{i}"));
        string results = string.Join(", ", graph.Outputs.Select((t, i) => $"MemoryMarshal.AsBytes<{Keyword(graph.Tensors[t].Type)}>(output{i}).ToArray()"));
        return $$"""
                private static readonly App.{{name}} model{{name}} = new App.{{name}}();
                public static byte[][] {{name}}(byte[][] inputs)
                {
            {{outputs}}        model{{name}}.Invoke({{inputs}}, {{names}});
                    return new byte[][] { {{results}} };
                }

            """;
    }

    private static string Keyword(ElementType type) => type switch
    {
        ElementType.Int8 => "sbyte",
        ElementType.UInt8 => "byte",
        ElementType.Int16 => "short",
        ElementType.Int32 => "int",
        ElementType.Float32 => "float",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
