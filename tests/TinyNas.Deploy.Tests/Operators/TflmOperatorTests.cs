using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>
/// Every operator against TensorFlow Lite Micro's own reference kernels, bit for bit. TINYNAS_TFLM_RUNNER names the program that
/// TflmRunner.cc becomes when it is compiled and linked with a TensorFlow Lite Micro library for this machine.
/// </summary>
[TestClass]
public class TflmOperatorTests
{
    public static IEnumerable<object[]> Operators => OperatorNetworks.All.Keys.Select(name => (object[])[name]);

    [TestMethod]
    [DynamicData(nameof(Operators))]
    public void TheInterpreterEqualsTensorFlowLiteMicro(string name)
    {
        string? runner = Environment.GetEnvironmentVariable("TINYNAS_TFLM_RUNNER");
        if (string.IsNullOrEmpty(runner)) Assert.Inconclusive("needs TINYNAS_TFLM_RUNNER, a program made from TflmRunner.cc");
        for (ulong seed = 1; seed <= 20; seed++)
        {
            Graph graph = OperatorNetworks.All[name](seed);
            using var folder = new TemporaryFolder();
            var interpreter = new Interpreter(graph);
            RandomStream random = RandomStream.Create(seed, 12);
            List<byte> inputs = [], outputs = [];
            for (int k = 0; k < 50; k++)
            {
                for (int i = 0; i < graph.Inputs.Length; i++)
                {
                    OperatorNetworks.Draw(ref random, graph.Tensors[graph.Inputs[i]].Type, interpreter.Input(i));
                    inputs.AddRange(interpreter.Input(i));
                }
                interpreter.Invoke();
                for (int i = 0; i < graph.Outputs.Length; i++) outputs.AddRange(interpreter.Output(i));
            }
            File.WriteAllBytes(folder["model.tflite"], TfliteWriter.Write(graph));
            File.WriteAllBytes(folder["in.bin"], [.. inputs]);
            Command.Run(runner, ["model.tflite", "in.bin", "out.bin"], folder.Path).MustSucceed($"TensorFlow Lite Micro, seed {seed}");
            CollectionAssert.AreEqual(File.ReadAllBytes(folder["out.bin"]), outputs, $"seed {seed}");
        }
    }
}
