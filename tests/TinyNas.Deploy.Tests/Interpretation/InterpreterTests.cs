using System.Runtime.InteropServices;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

[TestClass]
public class InterpreterTests
{
    [TestMethod]
    public void InvocationsAllocateNothing()
    {
        Graph graph = RandomNetwork.Images(3);
        var interpreter = new Interpreter(graph);
        MemoryMarshal.AsBytes(RandomNetwork.Input(graph, 1).AsSpan()).CopyTo(interpreter.Input());
        interpreter.Invoke();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++) interpreter.Invoke();
        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [TestMethod]
    public void ResultsDependOnTheInputAlone()
    {
        Graph graph = RandomNetwork.Windows(4);
        var used = new Interpreter(graph);
        var outputs = new HashSet<string>();
        for (ulong seed = 0; seed < 20; seed++)
        {
            ReadOnlySpan<byte> input = MemoryMarshal.AsBytes(RandomNetwork.Input(graph, seed).AsSpan());
            var fresh = new Interpreter(graph);
            input.CopyTo(used.Input());
            input.CopyTo(fresh.Input());
            used.Invoke();
            fresh.Invoke();
            CollectionAssert.AreEqual(fresh.Output().ToArray(), used.Output().ToArray());
            outputs.Add(Convert.ToHexString(used.Output()));
        }
        Assert.IsTrue(outputs.Count > 5, "nearly all inputs gave the same output");
    }

    [TestMethod]
    public void OperatorsWithoutKernelAreNamed()
    {
        Graph graph = RandomNetwork.Images(1);
        Refused("Operator ROUND", graph with { Operators = graph.Operators.SetItem(1, graph.Operators[1] with { Code = (OperatorCode)116 }) });
        Refused("its input is Int16", WithTensor(graph, graph.Inputs[0], t => t with { Type = ElementType.Int16 }));
        Refused("its filter has a zero point", WithTensor(graph, graph.Operators[0].Inputs[1], t => t with { Quantization = Quantization.PerTensor(0.1f, 3) }));
        Refused("the batch must be 1", WithTensor(graph, graph.Inputs[0], t => t with { Shape = t.Shape.SetItem(0, 2) }));
        Refused("give 50, not 49", WithTensor(graph, graph.Operators[0].Outputs[0], t => t with { Shape = t.Shape.SetItem(1, 49) }));
        Refused("needs one scale", WithTensor(graph, graph.Inputs[0], t => t with { Quantization = null }));
        Refused("scale 1/256", WithTensor(graph, graph.Outputs[0], t => t with { Quantization = Quantization.PerTensor(0.1f, 0) }));
        Refused("one element per channel", WithTensor(graph, graph.Operators[0].Inputs[2], t => t with { Type = ElementType.Int16 }));

        static Graph WithTensor(Graph graph, int index, Func<Tensor, Tensor> change) =>
            graph with { Tensors = graph.Tensors.SetItem(index, change(graph.Tensors[index])) };

        static void Refused(string reason, Graph graph)
        {
            var problem = Assert.ThrowsExactly<TinyNasException>(() => new Interpreter(graph));
            Assert.AreEqual("TNAS0302", problem.Diagnostic.Code);
            StringAssert.Contains(problem.Message, reason);
        }
    }

    [TestMethod]
    public void FloatsAreQuantisedAndBack()
    {
        var b = new GraphBuilder();
        Quantization q = Quantization.PerTensor(0.5f, 3);
        int input = b.Activation("x", ElementType.Float32, [8], null), middle = b.Activation("q", ElementType.Int8, [8], q);
        int bytes = b.Activation("u", ElementType.UInt8, [8], Quantization.PerTensor(0.5f, 131)), output = b.Activation("y", ElementType.Float32, [8], null);
        b.Add(OperatorCode.Quantize, [input], [middle], OperatorOptions.None);
        b.Add(OperatorCode.Quantize, [middle], [bytes], OperatorOptions.None);
        b.Add(OperatorCode.Dequantize, [bytes], [output], OperatorOptions.None);
        var interpreter = new Interpreter(b.Build([input], [output]));
        float[] values = [0, 0.25f, -0.25f, 1.2f, 1e9f, -1e9f, float.NaN, -3];
        MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(interpreter.Input());
        interpreter.Invoke();
        CollectionAssert.AreEqual(
            (sbyte[])[3, 4, 2, 5, 127, -128, 3, -3], MemoryMarshal.Cast<byte, sbyte>(interpreter.TensorBytes(middle)).ToArray());
        CollectionAssert.AreEqual((byte[])[131, 132, 130, 133, 255, 0, 131, 125], interpreter.TensorBytes(bytes).ToArray());
        CollectionAssert.AreEqual(
            (float[])[0, 0.5f, -0.5f, 1, 62, -65.5f, 0, -3], MemoryMarshal.Cast<byte, float>(interpreter.Output()).ToArray());
    }

    [TestMethod]
    public void ResetClearsStateToItsZeroPoint()
    {
        var b = new GraphBuilder();
        Quantization q = Quantization.PerTensor(1, -7);
        int input = b.Activation("x", ElementType.Int8, [1, 2], q), output = b.Activation("y", ElementType.Int8, [1, 2], q);
        int state = b.Add(new Tensor("state", ElementType.Int8, [1, 2]) { Quantization = q, IsVariable = true });
        b.Add(OperatorCode.Add, [input, state], [output], new ArithmeticOptions());
        var interpreter = new Interpreter(b.Build([input], [output]));
        CollectionAssert.AreEqual((byte[])[0xF9, 0xF9], interpreter.TensorBytes(state).ToArray());
        interpreter.Input()[0] = 10;
        interpreter.Invoke();
        // (10 + 7) + 0 in units of the scale is 17, minus 7.
        Assert.AreEqual(10, (sbyte)interpreter.Output()[0]);
        interpreter.Reset();
        CollectionAssert.AreEqual((byte[])[0xF9, 0xF9], interpreter.TensorBytes(state).ToArray());
    }
}
