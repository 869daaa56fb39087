using System.Runtime.InteropServices;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>The float operator: within 1e-5 of the definition, of the reference and, in C, of the interpreter.</summary>
[TestClass]
public class LogSoftmaxTests
{
    private const float Tolerance = 1e-5f;

    [TestMethod]
    public void RowsAreWithinToleranceOfTheDefinition()
    {
        var g = new SmallGraph(4);
        int x = g.Input([1, 3, 7], type: ElementType.Float32);
        var interpreter = new Interpreter(g.Build(g.Apply(OperatorCode.LogSoftmax, [x], OperatorOptions.None, [1, 3, 7], null, ElementType.Float32)));
        RandomStream random = RandomStream.Create(1);
        for (int round = 0; round < 300; round++)
        {
            var values = new float[21];
            foreach (ref float v in values.AsSpan()) v = (random.NextSingle() - 0.5f) * (1 << random.NextInt(8));
            MemoryMarshal.AsBytes<float>(values).CopyTo(interpreter.Input());
            interpreter.Invoke();
            ReadOnlySpan<float> results = MemoryMarshal.Cast<byte, float>(interpreter.Output());
            for (int i = 0; i < 21; i++)
            {
                double sum = values.Skip(i / 7 * 7).Take(7).Sum(v => Math.Exp(v - (double)values[i]));
                Assert.AreEqual(-Math.Log(sum), results[i], Tolerance * Math.Max(1, Math.Log(sum)), $"round {round}, {i}");
            }
        }
    }

    [TestMethod]
    public void ThePublishedModelIsExactUpToTheFloatsAndWithinToleranceThere()
    {
        GoldenModel model = GoldenModel.Load("te_mnist_lenet300");
        var interpreter = new Interpreter(model.Graph);
        using EmittedProgram program = EmittedProgram.Compile(model.Graph, "-lm");
        int taps = 0;
        foreach (GoldenCase golden in model.Cases)
        {
            golden.Input.CopyTo(interpreter.Input());
            interpreter.Invoke();
            foreach ((int tensor, _, string crc) in golden.Taps.Where(t => !model.Graph.Outputs.Contains(t.Tensor)))
            {
                Assert.AreEqual(crc, Crc32.Of(interpreter.TensorBytes(tensor)), $"tensor {tensor} '{model.Graph.Tensors[tensor].Name}'");
                taps++;
            }
            Near(golden.Output, interpreter.Output());
            Near(golden.Output, program.Run(golden.Input));
        }
        Assert.IsTrue(taps >= 24);
    }

    private static void Near(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        ReadOnlySpan<float> a = MemoryMarshal.Cast<byte, float>(expected), b = MemoryMarshal.Cast<byte, float>(actual);
        Assert.AreEqual(a.Length, b.Length);
        for (int i = 0; i < a.Length; i++) Assert.AreEqual(a[i], b[i], Tolerance);
    }
}
