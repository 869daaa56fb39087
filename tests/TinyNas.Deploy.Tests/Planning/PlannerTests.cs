using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

[TestClass]
public class PlannerTests
{
    [TestMethod]
    public void TheArenaEndsWithItsLastTensorOrScratchAndIsNoSmallerThanItsBound()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            Graph graph = seed % 3 == 0 ? RandomGraphs.Create(seed) : Networks.Random(seed);
            ExecutionPlan plan = Planner.Plan(graph, Budget.Unlimited);
            Assert.IsTrue(plan.ArenaBytes >= plan.LivenessBound, $"seed {seed}");
            int end = Math.Max(plan.Tensors.Max(t => t.Offset + t.Bytes), plan.Steps.Max(s => s.ScratchOffset + s.ScratchBytes));
            Assert.AreEqual(end, plan.ArenaBytes, $"seed {seed}");
        }
    }

    /// <summary>Chains small enough to try every offset of every tensor.</summary>
    [TestMethod]
    public void OfChainsNoSmallerArenaExists()
    {
        int aboveBound = 0;
        for (ulong seed = 0; seed < 1000; seed++)
        {
            var random = new RandomStream(seed, 3);
            var chain = new List<Storage>();
            for (int i = 0; i < 5; i++)
            {
                var storage = new Storage(2 + random.NextInt(6), 1, Math.Max(0, i - 1), i);
                if (i > 0 && random.NextInt(4) != 0)
                {
                    int below = -random.NextInt(4), above = random.NextInt(chain[^1].Bytes + 1);
                    storage.Over.Add((chain[^1], new Overlap(below, Math.Max(above, below + 1))));
                }
                chain.Add(storage);
            }
            int least = ArenaLayout.LowerBound(chain);
            while (!Fits(chain, 0, 0, least)) least++;
            if (least > ArenaLayout.LowerBound(chain)) aboveBound++;
            Assert.AreEqual(least, ArenaLayout.Place(chain), $"seed {seed}");
        }
        Assert.IsTrue(aboveBound > 20, $"only {aboveBound} chains need more than their bound: a comparison that shows little");
    }

    private static bool Fits(List<Storage> chain, int index, int before, int capacity)
    {
        if (index == chain.Count) return true;
        for (int offset = 0; offset + chain[index].Bytes <= capacity; offset++)
        {
            if (index > 0)
            {
                Overlap from = chain[index].From(chain[index - 1]);
                if (offset - before > from.Below && offset - before < from.Above) continue;
            }
            if (Fits(chain, index + 1, offset, capacity)) return true;
        }
        return false;
    }

    [TestMethod]
    public void ConvolutionAndPoolNeedTheInputAndThePooledMapAlone()
    {
        // 50x50x3 in, 25x25x8 out: the 50x50x8 map between them is never stored, and output rows take the place of input rows
        // that are done with, two for one. The last but one row of the output is written while one row of the input above is needed.
        // The scratch of the first convolution: four windows of 28 taps as 16-bit numbers, one as bytes, sums of whole blocks of channels.
        Assert.IsTrue(Planner.Plan(Networks.NanoNas(8, 3), Budget.Unlimited).ArenaBytes <= 7500 + 150 + 284);
        Assert.IsTrue(Planner.Plan(Networks.NanoNas(3, 3), Budget.Unlimited).ArenaBytes <= 7500 + 150 + 268);
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
}
