using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Outputs over dying inputs: no byte is lost, and none is wasted.</summary>
[TestClass]
public class OverlapTests
{
    [TestMethod]
    public void NoByteIsOverwrittenBeforeItsLastRead()
    {
        int overlapping = 0, backwards = 0;
        for (ulong seed = 0; seed < 120; seed++)
        {
            Graph graph = Some(seed);
            ExecutionPlan plan = Planner.Plan(graph, Budget.Unlimited);
            Assert.IsNull(ArenaSimulation.FirstFault(graph, plan), $"seed {seed}");
            if (HasOverlap(plan)) overlapping++;
            if (plan.Steps.Any(s => s.Backwards)) backwards++;
        }
        Assert.IsTrue(overlapping > 60 && backwards > 15, $"{overlapping} plans overlap, {backwards} walk backwards: a test that shows little");
    }

    [TestMethod]
    [DataRow("mlperf_kws_int8", 9_280)]
    [DataRow("mlperf_resnet8_int8", 18_464)]
    [DataRow("mcunet_vww_i8io", 22_816)]
    [DataRow("mlperf_vww96_int8", 28_020)]
    [DataRow("tflm_micro_speech", 5_600)]
    public void ModelsOfOthersNeedNoMoreThanTheyDidAndLoseNoByte(string name, int bytes)
    {
        Graph graph = TfliteReader.Read(File.ReadAllBytes(Repository.Shared($"golden/{name}/model.tflite")), name);
        ExecutionPlan plan = Planner.Plan(graph, Budget.Unlimited);
        Assert.IsTrue(plan.ArenaBytes <= bytes, $"{plan.ArenaBytes} bytes; {bytes} were enough");
        Assert.IsNull(ArenaSimulation.FirstFault(graph, plan));
    }

    /// <summary>One operator alone: with the output a byte nearer than the rule says, some byte is lost.</summary>
    [TestMethod]
    public void TheDistanceIsTheLeastThatIsSafe()
    {
        int forwards = 0, backwards = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            Graph graph = SingleOperator(seed);
            PlannedStep step = StepFusion.Steps(graph)[0] with { ScratchBytes = 0 };
            int x = graph.Inputs[0], y = graph.Outputs[0], inBytes = graph.Tensors[x].Bytes, outBytes = graph.Tensors[y].Bytes;
            Overlap overlap = OverlapRule.Of(graph, step, x);
            Assert.IsNull(Fault(graph, step, overlap.Below), $"seed {seed} below");
            Assert.IsNull(Fault(graph, step, overlap.Below - 3), $"seed {seed} further below");
            if (overlap.Below > -outBytes)
            {
                forwards++;
                Assert.IsNotNull(Fault(graph, step, overlap.Below + 1), $"seed {seed}: {overlap.Below} is not the nearest");
            }
            if (overlap.Above >= inBytes) continue;
            Assert.IsNull(Fault(graph, step with { Backwards = true }, overlap.Above), $"seed {seed} above");
            Assert.IsNull(Fault(graph, step with { Backwards = true }, overlap.Above + 5), $"seed {seed} further above");
            backwards++;
            Assert.IsNotNull(Fault(graph, step with { Backwards = true }, overlap.Above - 1), $"seed {seed}: {overlap.Above} is not the nearest");
        }
        Assert.IsTrue(forwards > 100 && backwards > 30, $"{forwards} forwards, {backwards} backwards: a test that shows little");
    }

    private static string? Fault(Graph graph, PlannedStep step, int offset)
    {
        int x = graph.Inputs[0], y = graph.Outputs[0], lift = Math.Max(0, -offset);
        PlannedTensor input = new(x, lift, graph.Tensors[x].Bytes, 0, 0), output = new(y, lift + offset, graph.Tensors[y].Bytes, 0, 1);
        return ArenaSimulation.FirstFault(graph, new ExecutionPlan([step], [input, output], Math.Max(input.Offset + input.Bytes, output.Offset + output.Bytes), 0));
    }

    private static Graph Some(ulong seed) => (seed % 4) switch
    {
        0 => RandomGraphs.Create(seed),
        1 => Networks.Residual(seed),
        2 => Networks.Separable(seed),
        _ => Networks.Random(seed),
    };

    private static Graph SingleOperator(ulong seed)
    {
        var sizes = new NetworkBuilder(seed, 1, 1, 1);
        int height = 4 + sizes.Next(6), width = 1 + sizes.Next(7), channels = 1 + sizes.Next(5);
        int kernelHeight = 1 + sizes.Next(3), kernelWidth = 1 + sizes.Next(Math.Min(3, width)), stride = 1 + sizes.Next(2);
        Padding padding = sizes.Next(3) == 0 ? Padding.Valid : Padding.Same;
        var net = new NetworkBuilder(seed, height, width, channels);
        return (sizes.Next(5) switch
        {
            0 => net.Depthwise(kernelHeight, kernelWidth, stride, 1 + sizes.Next(2), padding),
            1 => net.Pool(OperatorCode.MaxPool2D, kernelHeight, kernelWidth, stride, stride, padding),
            2 when width > 1 => net.Conv(1 + sizes.Next(6), kernelHeight, kernelWidth).Pool(OperatorCode.MaxPool2D, 2, 2, 2, 2),
            _ => net.Conv(1 + sizes.Next(9), kernelHeight, kernelWidth, stride, 1 + sizes.Next(2), padding),
        }).Build();
    }

    /// <summary>Whether an output lies over a part of an input that dies as it is written.</summary>
    private static bool HasOverlap(ExecutionPlan plan) => plan.Tensors.Any(a => plan.Tensors.Any(b =>
        a.Last == b.First && a.First < b.First && a.Offset != b.Offset && a.Offset < b.Offset + b.Bytes && b.Offset < a.Offset + a.Bytes));
}
