using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Operators of one input in TensorFlow Lite 2.9: equal, but that sums which are not clamped at zero may break a tie the other way.</summary>
[TestClass]
public class TfliteOperatorTests
{
    [TestMethod]
    [DataRow("RESIZE_NEAREST_NEIGHBOR", 0)]
    [DataRow("ARG_MAX", 0)]
    [DataRow("ARG_MIN", 0)]
    [DataRow("RESIZE_BILINEAR", 0)]
    [DataRow("TRANSPOSE_CONV", 1)]
    [DataRow("LOG_SOFTMAX", 0)]
    public void TheInterpreterAgreesWithTensorFlowLite(string name, int tolerance)
    {
        TfliteLibrary library = TfliteLibrary.Require();
        int different = 0, values = 0;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            Graph graph = OperatorNetworks.All[name](seed);
            // An activation fused into a transposed convolution is younger than 2.9.
            if (graph.Operators[0].Options is TransposeConvOptions { Activation: not FusedActivation.None }) continue;
            byte[] file = TfliteWriter.Write(graph);
            var interpreter = new Interpreter(graph);
            RandomStream random = RandomStream.Create(seed, 17);
            for (int k = 0; k < 10; k++)
            {
                OperatorNetworks.Draw(ref random, graph.Input.Type, interpreter.Input());
                interpreter.Invoke();
                byte[] theirs = library.Run(file, interpreter.Input().ToArray()), ours = interpreter.Output().ToArray();
                Assert.AreEqual(theirs.Length, ours.Length);
                for (int i = 0; i < ours.Length; i++)
                {
                    int distance = Math.Abs(unchecked((sbyte)ours[i] - (sbyte)theirs[i]));
                    Assert.IsTrue(distance <= tolerance, $"seed {seed}, case {k}, byte {i}: {ours[i]} here, {theirs[i]} there");
                    if (distance > 0) different++;
                }
                values += ours.Length;
            }
        }
        Console.WriteLine($"{name}: {different} of {values} bytes differ by 1");
        // Ties are rare.
        Assert.IsTrue(different * 100 <= values, $"{different} of {values} bytes differ");
    }
}
