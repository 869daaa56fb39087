using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

[TestClass]
public class PlannerTests
{
    [TestMethod]
    public void LiveTensorsNeverOverlapAndTheArenaIsNoSmallerThanWhatIsAlive()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            Graph graph = seed % 3 == 0 ? RandomGraphs.Create(seed) : Networks.Random(seed);
            ExecutionPlan plan = Planner.Plan(graph, Budget.Unlimited);
            Assert.IsTrue(plan.ArenaBytes >= plan.LivenessBound, $"seed {seed}");
            Assert.AreEqual(plan.Tensors.Max(t => t.Offset + t.Bytes), plan.ArenaBytes, $"seed {seed}: the arena ends with its last tensor");
            foreach (PlannedTensor a in plan.Tensors)
                foreach (PlannedTensor b in plan.Tensors)
                {
                    bool together = a.First <= b.Last && b.First <= a.Last, overlap = a.Offset < b.Offset + b.Bytes && b.Offset < a.Offset + a.Bytes;
                    if (a == b || !together || !overlap) continue;
                    Assert.AreEqual(a.Offset, b.Offset, $"seed {seed}: tensors {a.Tensor} and {b.Tensor} overlap and are not written over each other");
                    Assert.IsTrue(MayShare(graph, plan, a, b) || MayShare(graph, plan, b, a), $"seed {seed}: tensors {a.Tensor} and {b.Tensor} overlap");
                }
        }
    }

    [TestMethod]
    public void ChainsReachTheLivenessPeakExactly()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            Graph graph = Networks.Random(seed);
            ExecutionPlan plan = Planner.Plan(graph, Budget.Unlimited);
            Assert.AreEqual(plan.LivenessBound, plan.ArenaBytes, $"seed {seed}");
        }
    }

    [TestMethod]
    public void ConvolutionAndPoolNeedTheInputAndThePooledMapAlone()
    {
        // 50x50x3 in, 25x25x8 out: the 50x50x8 map between them is never stored.
        Assert.AreEqual(7500 + 5000, Planner.Plan(Networks.NanoNas(8, 3), Budget.Unlimited).ArenaBytes);
        Assert.AreEqual(7500 + 1875, Planner.Plan(Networks.NanoNas(3, 3), Budget.Unlimited).ArenaBytes);
    }

    [TestMethod]
    public void AConvolutionThatSomethingElseReadsIsNotFused()
    {
        var net = new NetworkBuilder(1, 8, 8, 2).Conv(4, 3, 3);
        int map = net.Current;
        Graph graph = net.Pool(OperatorCode.MaxPool2D, 2, 2, 2, 2).Build(map, net.Current);
        Assert.AreEqual(2, Planner.Plan(graph, Budget.Unlimited).Steps.Length);
    }

    [TestMethod]
    public void OverlappingWindowsAreNotFused()
    {
        Graph graph = new NetworkBuilder(1, 9, 9, 2).Conv(4, 3, 3).Pool(OperatorCode.MaxPool2D, 3, 3, 2, 2).Build();
        Assert.AreEqual(2, Planner.Plan(graph, Budget.Unlimited).Steps.Length);
    }

    [TestMethod]
    public void SkeletonsWithZeroWeightsHaveThePlanOfTheTrainedNetwork()
    {
        Graph graph = Networks.NanoNas(4, 4);
        Graph zero = graph with
        {
            Tensors = [.. graph.Tensors.Select(t => t.IsConstant && t.Type == ElementType.Int8 ? t with { Data = new byte[t.Bytes] } : t)],
        };
        Assert.AreEqual(Planner.Plan(graph, Budget.Unlimited).ArenaBytes, Planner.Plan(zero, Budget.Unlimited).ArenaBytes);
    }

    [TestMethod]
    [DataRow("tflm_hello_world_int8", 32)]
    [DataRow("mlperf_ad01_int8", 768)]
    public void ModelsOfOthersReachTheirLivenessPeak(string name, int bytes)
    {
        string path = Repository.Shared($"golden/{name}/model.tflite");
        Assert.AreEqual(bytes, Planner.Plan(TfliteReader.Read(File.ReadAllBytes(path), name), Budget.Unlimited).ArenaBytes);
    }

    /// <summary>Whether b may lie over a: a reshape of it, or written by the operator that reads a last and may write in place.</summary>
    private static bool MayShare(Graph graph, ExecutionPlan plan, PlannedTensor a, PlannedTensor b)
    {
        if (a.First == b.First && a.Last == b.Last) return Reaches(graph, a.Tensor, b.Tensor);
        if (a.Last != b.First || b.Bytes > a.Bytes) return false;
        Operator op = graph.Operators[plan.Steps[b.First].Operators[^1]];
        return op.Code is OperatorCode.MaxPool2D or OperatorCode.AveragePool2D or OperatorCode.Softmax or OperatorCode.Add or OperatorCode.Reshape
            && (op.Inputs.Contains(a.Tensor) || op.Inputs.Any(i => i >= 0 && Reaches(graph, a.Tensor, i)));
    }

    private static bool Reaches(Graph graph, int from, int to) =>
        graph.Operators.Any(o => o.Code == OperatorCode.Reshape && o.Inputs[0] == from && (o.Outputs[0] == to || Reaches(graph, o.Outputs[0], to)));
}
