using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>The emitted C against the interpreter, bit for bit, under AddressSanitizer and UndefinedBehaviorSanitizer.</summary>
[TestClass]
public class EmittedCTests
{
    [TestMethod]
    [DataRow(1, 0, 50)]
    [DataRow(3, 3, 20)]
    [DataRow(4, 4, 33)]
    public void NanoNasNetworksAgreeOnAThousandInputs(int k, int c, int side) => Agree(Networks.WithInnerOutputs(Networks.NanoNas(k, c, side)), 1000);

    [TestMethod]
    [DataRow(4, 3, 100, 6, 5)]
    [DataRow(7, 2, 37, 3, 2)]
    public void NetworksOfHeightOneAgreeOnAThousandInputs(int k, int c, int steps, int channels, int classes) =>
        Agree(Networks.WithInnerOutputs(Networks.Temporal(k, c, steps, channels, classes)), 1000);

    [TestMethod]
    public void RandomNetworksAgreeOnAThousandInputs()
    {
        Command.Require("gcc");
        int distinct = 0;
        Parallel.For(0, 12, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            using EmittedProgram program = EmittedProgram.Compile(Networks.Random((ulong)seed));
            Interlocked.Add(ref distinct, program.MustEqualInterpreter(1000, 17));
        });
        Assert.IsTrue(distinct > 500, $"only {distinct} different outputs: a comparison that shows little");
    }

    [TestMethod]
    public void KernelsThatWalkBackwardsAgreeOnAThousandInputs()
    {
        Command.Require("gcc");
        int backwards = 0, distinct = 0;
        for (ulong seed = 0; seed < 8; seed++)
        {
            Graph graph = Networks.WithInnerOutputs(Networks.Separable(seed));
            if (Planner.Plan(graph, Budget.Unlimited).Steps.Any(s => s.Backwards)) backwards++;
            using EmittedProgram program = EmittedProgram.Compile(graph);
            distinct += program.MustEqualInterpreter(1000, 18);
        }
        Assert.IsTrue(backwards >= 4 && distinct > 500, $"{backwards} of 8 walk backwards, {distinct} different outputs: a comparison that shows little");
    }

    [TestMethod]
    public void GroupedAndDilatedConvolutionsAndTwoOutputsAgree() => Agree(Networks.Branching(3), 1000);

    [TestMethod]
    public void ResidualNetworksAgree() => Agree(Networks.Residual(8), 1000);

    [TestMethod]
    [DataRow("mlperf_resnet8_int8")]
    [DataRow("mlperf_kws_int8")]
    [DataRow("mlperf_vww96_int8")]
    public void LargerModelsOfOthersGiveTheirGoldenOutputs(string name)
    {
        string folder = Repository.Shared("golden/" + name);
        using EmittedProgram program = EmittedProgram.Compile(TfliteReader.Read(File.ReadAllBytes(Path.Combine(folder, "model.tflite")), name));
        for (int k = 0; File.Exists(Path.Combine(folder, $"in{k}.bin")); k++)
            CollectionAssert.AreEqual(
                File.ReadAllBytes(Path.Combine(folder, $"out{k}.bin")), program.Run(File.ReadAllBytes(Path.Combine(folder, $"in{k}.bin"))), $"case {k}");
    }

    [TestMethod]
    [DataRow("tflm_hello_world_int8")]
    [DataRow("tflm_micro_speech")]
    [DataRow("mlperf_ad01_int8")]
    [DataRow("mlperf_kws_int8")]
    [DataRow("mlperf_vww96_int8")]
    [DataRow("nanonas_vww_l010")]
    [DataRow("nanonas_melanoma")]
    [DataRow("colabnas_k4_c5")]
    [DataRow("mlperf_resnet8_int8")]
    [DataRow("mcunet_vww_i8io")]
    public void ModelsOfOthersAgreeAndGiveTheirGoldenOutputs(string name)
    {
        GoldenModel model = GoldenModel.Load(name);
        using EmittedProgram program = EmittedProgram.Compile(model.Graph);
        foreach (GoldenCase golden in model.Cases) CollectionAssert.AreEqual(golden.Output, program.Run(golden.Input), name);
        // Sanitised code takes a second for about a thousand million multiply-accumulates.
        program.MustEqualInterpreter((int)Math.Clamp(1_000_000_000 / (MacCounter.Of(model.Graph) + 1), 60, 1000), 1);
        if (model.Cases.First().BeforeSoftmax is not { } logits) return;
        // Softmax outputs saturate: the logits say more.
        using EmittedProgram logitsProgram = EmittedProgram.Compile(model.Graph with { Outputs = [logits.Tensor] });
        foreach (GoldenCase golden in model.Cases) CollectionAssert.AreEqual(golden.BeforeSoftmax!.Value.Bytes, logitsProgram.Run(golden.Input), $"{name}: logits");
    }

    private static void Agree(Graph graph, int count)
    {
        using EmittedProgram program = EmittedProgram.Compile(graph);
        int distinct = program.MustEqualInterpreter(count, 17);
        Assert.IsTrue(distinct > 10, $"only {distinct} different outputs: a comparison that shows little");
    }
}
