using TinyNas.Deploy;
using TinyNas.Deploy.Tests;
using TinyNas.Model;

namespace TinyNas.Generators.Tests;

/// <summary>The generated class, the interpreter and the compiled C are one function.</summary>
[TestClass]
public class FirmwareTests
{
    [TestMethod]
    [DataRow(9, 11, 3)]
    [DataRow(1, 32, 6)]
    public void GeneratedClassInterpreterAndEmittedCAgreeOnAThousandRandomInputs(int height, int width, int channels)
    {
        const int count = 1000;
        Graph graph = RandomGraph.Classifier((ulong)(31 + height), height, width, channels, 4);
        var random = RandomStream.Create(17, (ulong)height);
        var inputs = new byte[count * graph.Input.Bytes];
        for (int i = 0; i < inputs.Length; i++) inputs[i] = (byte)random.NextInt(256);
        using EmittedProgram firmware = EmittedProgram.Compile(graph);
        byte[] fromC = firmware.Run(inputs);
        Func<byte[], byte[]> generated = ByteRunner.Of(graph);
        var interpreter = new Interpreter(graph);
        for (int k = 0; k < count; k++)
        {
            byte[] input = inputs[(k * graph.Input.Bytes)..((k + 1) * graph.Input.Bytes)];
            input.CopyTo(interpreter.Input());
            interpreter.Invoke();
            byte[] c = fromC[(k * graph.Output.Bytes)..((k + 1) * graph.Output.Bytes)];
            CollectionAssert.AreEqual(interpreter.Output().ToArray(), c, $"C, input {k}");
            CollectionAssert.AreEqual(c, generated(input), $"generated class, input {k}");
        }
    }
}
