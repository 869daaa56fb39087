using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyNas.Deploy;
using TinyNas.Deploy.Tests;
using TinyNas.Model;

namespace TinyNas.Generators.Tests;

/// <summary>The generated class computes the interpreter's bytes, whatever the consumer's compiler settings.</summary>
[TestClass]
public class ExactnessTests
{
    private const string Runner = """
        #pragma warning disable CS1591
        public static class Runner
        {
            private static readonly App.Net Model = new App.Net();
            public static byte[][] Invoke(sbyte[] input, sbyte[] output)
            {
                Model.Invoke(input, output);
                var layers = Model.Trace();
                var bytes = new byte[layers.Length][];
                for (int i = 0; i < layers.Length; i++) bytes[i] = layers[i].Bytes;
                return bytes;
            }
        }
        """;

    [TestMethod]
    [DataRow(12, 12, 3, 4)]
    [DataRow(13, 9, 1, 3)]
    [DataRow(1, 40, 6, 5)]
    [DataRow(1, 101, 3, 2)]
    public void EveryLayerOfAClassifierEqualsTheInterpreterOnAThousandRandomInputs(int height, int width, int channels, int classes) =>
        AssertEqual($"{height}x{width}x{channels}", RandomGraph.Classifier((ulong)width, height, width, channels, classes), classes);

    [TestMethod]
    public void EveryLayerOfARegressorEqualsTheInterpreterOnAThousandRandomInputs() => AssertEqual("dense", RandomGraph.Regressor(5, 37, 6), 0);

    [TestMethod]
    public void SeveralInputsAndOutputsAreParametersInOrder()
    {
        Graph graph = RandomGraph.TwoInputs();
        const string runner = """
            public static class Runner
            {
                private static readonly App.Net Model = new App.Net();
                public static void Invoke(sbyte[] first, sbyte[] second, sbyte[] sum, float[] real) => Model.Invoke(first, second, sum, real);
            }
            """;
        var model = (Project(graph, 0) with { Sources = [runner] }).Run().Load<Action<sbyte[], sbyte[], sbyte[], float[]>>("Runner", "Invoke");
        var interpreter = new Interpreter(graph);
        RandomStream random = RandomStream.Create(10);
        for (int k = 0; k < 200; k++)
        {
            sbyte[] first = new sbyte[24], second = new sbyte[4], sum = new sbyte[24];
            var real = new float[24];
            foreach (ref sbyte q in first.AsSpan()) q = (sbyte)random.NextInt(256);
            foreach (ref sbyte q in second.AsSpan()) q = (sbyte)random.NextInt(256);
            MemoryMarshal.AsBytes<sbyte>(first).CopyTo(interpreter.Input(0));
            MemoryMarshal.AsBytes<sbyte>(second).CopyTo(interpreter.Input(1));
            interpreter.Invoke();
            model(first, second, sum, real);
            CollectionAssert.AreEqual(interpreter.Output(0).ToArray(), MemoryMarshal.AsBytes<sbyte>(sum).ToArray());
            CollectionAssert.AreEqual(interpreter.Output(1).ToArray(), MemoryMarshal.AsBytes<float>(real).ToArray());
        }
    }

    [TestMethod]
    public void InvokeAllocatesNothing()
    {
        const string runner = """
            public static class Runner
            {
                public static long Allocated()
                {
                    var model = new App.Net();
                    var input = new sbyte[App.Net.InputLength];
                    var output = new sbyte[App.Net.OutputLength];
                    model.Invoke(input, output);
                    long before = System.GC.GetAllocatedBytesForCurrentThread();
                    for (int i = 0; i < 100; i++) model.Invoke(input, output);
                    return System.GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }
            """;
        Assert.AreEqual(0, (Project(RandomGraph.Classifier(7, 9, 9, 3, 3), 3) with { Sources = [runner] }).Run().Load<Func<long>>("Runner", "Allocated")());
    }

    private static void AssertEqual(string what, Graph graph, int classes)
    {
        GeneratorRun run = Project(graph, classes) with { Sources = [Runner] };
        AssertEqual(graph, run, 500, what);
        AssertEqual(graph, run with { IsStrict = true }, 500, $"{what}, checked and strict");
    }

    [TestMethod]
    public void EveryLayerOfManyRandomNetworksEqualsTheInterpreter()
    {
        for (ulong seed = 1; seed <= 6; seed++)
        {
            Graph graph = Networks.Random(seed);
            var model = (Project(graph, 0) with { Sources = [Runner], IsStrict = true }).Run().Load<Func<sbyte[], sbyte[], byte[][]>>("Runner", "Invoke");
            var interpreter = new Interpreter(graph);
            RandomStream random = RandomStream.Create(11, seed);
            for (int k = 0; k < 100; k++)
                AssertEqual(graph, interpreter, model, [.. Enumerable.Range(0, graph.Input.Count).Select(_ => (sbyte)random.NextInt(256))], $"seed {seed}, input {k}");
        }
    }

    [TestMethod]
    public void EveryLayerEqualsTheInterpreterUnderExtremeInputs()
    {
        Graph graph = RandomGraph.Classifier(6, 10, 10, 2, 3);
        var model = (Project(graph, 3) with { Sources = [Runner], IsStrict = true }).Run().Load<Func<sbyte[], sbyte[], byte[][]>>("Runner", "Invoke");
        var interpreter = new Interpreter(graph);
        foreach (sbyte value in new sbyte[] { -128, 127, -7, 0 })
            AssertEqual(graph, interpreter, model, [.. Enumerable.Repeat(value, graph.Input.Count)], $"all {value}");
    }

    private static void AssertEqual(Graph graph, GeneratorRun run, int count, string what)
    {
        var model = run.Run().Load<Func<sbyte[], sbyte[], byte[][]>>("Runner", "Invoke");
        var interpreter = new Interpreter(graph);
        RandomStream random = RandomStream.Create(9, RandomStream.KeyOf(what));
        var outputs = new HashSet<string>();
        for (int k = 0; k < count; k++)
        {
            var input = new sbyte[graph.Input.Count];
            for (int i = 0; i < input.Length; i++) input[i] = (sbyte)random.NextInt(256);
            outputs.Add(Convert.ToHexString(AssertEqual(graph, interpreter, model, input, $"{what}, input {k}")));
        }
        // A network that answers the same to everything would prove nothing of its last layers.
        Assert.IsGreaterThan(5, outputs.Count, what);
    }

    private static byte[] AssertEqual(Graph graph, Interpreter interpreter, Func<sbyte[], sbyte[], byte[][]> model, sbyte[] input, string what)
    {
        MemoryMarshal.AsBytes<sbyte>(input).CopyTo(interpreter.Input());
        interpreter.Invoke();
        var output = new sbyte[graph.Output.Count];
        byte[][] layers = model(input, output);
        byte[] bytes = MemoryMarshal.AsBytes<sbyte>(output).ToArray();
        CollectionAssert.AreEqual(interpreter.Output().ToArray(), bytes, what);
        Assert.HasCount(graph.Operators.Length, layers);
        for (int i = 0; i < layers.Length; i++)
            CollectionAssert.AreEqual(interpreter.TensorBytes(graph.Operators[i].Outputs[0]).ToArray(), layers[i], $"{what}, layer {i}");
        return bytes;
    }

    private static GeneratorRun Project(Graph graph, int classes) => GeneratorRun.Of(BindingsWriter.Write(
        graph, new ModelCard("Net") { Labels = [.. Enumerable.Range(0, classes).Select(c => $"class {c}")] },
        new ResourceEstimate(1, 2, 3, 4, 5, 6, 7), ""));
}
