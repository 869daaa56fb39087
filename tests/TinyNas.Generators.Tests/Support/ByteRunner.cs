using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Generators.Tests;

/// <summary>The generated class of a graph behind a delegate from input bytes to output bytes, whatever its element types.</summary>
internal static class ByteRunner
{
    public static Func<byte[], byte[]> Of(Graph graph) => (GeneratorRun.Of(BindingsWriter.Write(graph, new ModelCard("Net"), Samples.Estimate, "")) with
    {
        Sources =
        [
            $$"""
            using System.Runtime.InteropServices;
            public static class Runner
            {
                private static readonly App.Net Model = new App.Net();
                public static byte[] Invoke(byte[] input)
                {
                    var output = new {{Keyword(graph.Output.Type)}}[App.Net.OutputLength];
                    Model.Invoke(MemoryMarshal.Cast<byte, {{Keyword(graph.Input.Type)}}>(input), output);
                    return MemoryMarshal.AsBytes<{{Keyword(graph.Output.Type)}}>(output).ToArray();
                }
            }
            """,
        ],
    }).Run().Load<Func<byte[], byte[]>>("Runner", "Invoke");

    private static string Keyword(ElementType type) => type switch
    {
        ElementType.Int8 => "sbyte",
        ElementType.UInt8 => "byte",
        ElementType.Float32 => "float",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
