using System.Collections.Immutable;
using System.Diagnostics;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Sound graphs that are made to cost time or stack: they are emitted or refused, on a small stack and soon.</summary>
[TestClass]
public class AdversarialGraphTests
{
    private const int Stack = 512 << 10;

    /// <summary>Seconds on a quiet machine are far fewer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    [TestMethod]
    public void ALongChainIsEmitted() => MustEmit(Chain(1000));

    [TestMethod]
    public void AChainLongerThanAnyNetworkIsRefused() =>
        StringAssert.Contains(Assert.ThrowsExactly<TinyNasException>(() => TfliteReader.Read(TfliteWriter.Write(Chain(5000)), "chain")).Message, "5000 operators");

    /// <summary>Each branch may run at any time: the orders are far too many to look at.</summary>
    [TestMethod]
    public void AWideGraphIsEmitted()
    {
        var g = new SmallGraph(1);
        Quantization scale = g.Scale();
        ImmutableArray<int> shape = [1, 4, 4, 2];
        int x = g.Input(shape, scale);
        int[] branches = [.. Enumerable.Range(0, 60).Select(_ => g.Apply(OperatorCode.Relu6, [g.Apply(OperatorCode.Relu6, [x], OperatorOptions.None, shape, scale)], OperatorOptions.None, shape, scale))];
        MustEmit(g.Build(g.Apply(OperatorCode.Concatenation, [.. branches], new ConcatenationOptions(3), [1, 4, 4, 120], scale)));
    }

    /// <summary>Every pair might run in bands of rows, one after the other.</summary>
    [TestMethod]
    public void ManyPairsOfConvolutionsAreEmitted()
    {
        var network = new NetworkBuilder(3, 6, 6, 2);
        for (int i = 0; i < 80; i++) network = network.Conv(8, 1, 1).Depthwise(3, 3).Conv(2, 1, 1);
        MustEmit(network.Build());
    }

    [TestMethod]
    public void AWindowThatTakesYearsIsRefused()
    {
        var g = new SmallGraph(1);
        Quantization scale = g.Scale();
        Graph graph = g.Build(g.Apply(OperatorCode.MaxPool2D, [g.Input([1, 2000, 2000, 1], scale)], new Pool2DOptions(Padding.Same, 1, 1, 2000, 2000), [1, 2000, 2000, 1], scale));
        var problem = Assert.ThrowsExactly<TinyNasException>(() => Emit(graph));
        Assert.AreEqual("TNAS0302", problem.Diagnostic.Code);
        StringAssert.Contains(problem.Message, "no microcontroller has the time for");
    }

    [TestMethod]
    public void ACycleIsRefused()
    {
        Graph chain = Chain(3);
        Operator first = chain.Operators[0], last = chain.Operators[2];
        Graph cycle = chain with { Operators = chain.Operators.SetItem(0, first with { Inputs = last.Outputs }) };
        StringAssert.Contains(Assert.ThrowsExactly<TinyNasException>(() => TfliteReader.Read(TfliteWriter.Write(cycle), "cycle")).Message, "before it is written");
    }

    [TestMethod]
    [DataRow(1 << 16, 1 << 16)]
    [DataRow(int.MaxValue, int.MaxValue)]
    [DataRow(1 << 30, 4)]
    public void ASizeBeyondIntegersIsRefused(int height, int width)
    {
        Graph chain = Chain(1);
        Graph large = chain with { Tensors = [.. chain.Tensors.Select(t => t with { Shape = [1, height, width, 1] })] };
        StringAssert.Contains(Assert.ThrowsExactly<TinyNasException>(() => TfliteReader.Read(TfliteWriter.Write(large), "large")).Message, "too large");
    }

    private static Graph Chain(int length)
    {
        var g = new SmallGraph(1);
        Quantization scale = g.Scale();
        int x = g.Input([1, 3], scale);
        for (int i = 0; i < length; i++) x = g.Apply(OperatorCode.Relu6, [x], OperatorOptions.None, [1, 3], scale);
        return g.Build(x);
    }

    private static void MustEmit(Graph graph)
    {
        Exception? problem = null;
        var watch = Stopwatch.StartNew();
        var thread = new Thread(() =>
        {
            try
            {
                Emit(TfliteReader.Read(TfliteWriter.Write(graph), "adversarial"));
            }
            catch (Exception e)
            {
                problem = e;
            }
        }, Stack);
        thread.Start();
        Assert.IsTrue(thread.Join(Longest), $"still running after {watch.Elapsed}");
        Assert.IsNull(problem, problem?.ToString());
        Console.WriteLine(watch.Elapsed);
    }

    private static void Emit(Graph graph) => FirmwareEmitter.Emit(new EmissionRequest(graph, new ModelCard("Net"), Budget.Unlimited));
}
