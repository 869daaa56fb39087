using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>
/// Instructions of the emitted C of published models in QEMU at the default plan: exact, no slower than TensorFlow Lite Micro, and
/// no more than a few per cent above what they once were. `TinyNas.Benchmarks -- instructions` prints the whole table.
/// </summary>
[TestClass]
public class InstructionTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("mlperf_kws_int8", "cortex-m4", 5_200_000)]
    [DataRow("mlperf_kws_int8", "cortex-m0plus", 31_000_000)]
    [DataRow("mlperf_kws_int8", "cortex-m55", 1_813_000)]
    [DataRow("mlperf_vww96_int8", "cortex-m4", 15_300_000)]
    [DataRow("mlperf_vww96_int8", "cortex-m55", 6_200_000)]
    [DataRow("mlperf_resnet8_int8", "cortex-m4", 16_700_000)]
    [DataRow("mlperf_resnet8_int8", "cortex-m55", 4_900_000)]
    [DataRow("mlperf_ad01_int8", "cortex-m4", 445_000)]
    [DataRow("mlperf_ad01_int8", "cortex-m55", 125_000)]
    [DataRow("mcunet_vww_i8io", "cortex-m4", 30_000_000)]
    [DataRow("mcunet_vww_i8io", "cortex-m55", 11_400_000)]
    [DataRow("tflm_micro_speech", "cortex-m4", 960_000)]
    [DataRow("nanonas_vww_l010", "cortex-m55", 1_950_000)]
    [DataRow("tflm_mnist_lstm_int8", "cortex-m4", 466_000)]
    [DataRow("tflm_mnist_lstm_int8", "cortex-m55", 120_000)]
    public void NoModelIsSlowerThanItWas(string name, string core, int most)
    {
        Command.Require("qemu-system-arm");
        string folder = Repository.Shared("golden/" + name);
        Graph graph = TfliteReader.Read(File.ReadAllBytes(Path.Combine(folder, "model.tflite")), name);
        using var scratch = new TemporaryFolder();
        EmittedProgram.Write(scratch.Path, FirmwareEmitter.Emit(new EmissionRequest(graph, new ModelCard("Net"), Budget.Unlimited)));
        EmulatedRun run = EmulatedFirmware.Run(
            scratch.Path, core, (File.ReadAllBytes(Path.Combine(folder, "in0.bin")), File.ReadAllBytes(Path.Combine(folder, "out0.bin"))));
        TestContext.WriteLine($"{name} on {core}: {run.Instructions} instructions, {run.CodeBytes} bytes of code");
        Assert.IsTrue(run.Instructions <= most, $"{run.Instructions} instructions, {most} were enough");
        Assert.IsTrue(run.Instructions <= PublishedInstructions.All.Single(p => p.Model == name).On(core), $"{run.Instructions} instructions, slower than TensorFlow Lite Micro");
        Assert.IsTrue(run.CodeBytes <= 14_000, $"{run.CodeBytes} bytes of code");
    }

    [TestMethod]
    public void EmulatedCortexM55TakesTheHeliumKernels()
    {
        string folder = Repository.Shared("golden/mlperf_kws_int8");
        Graph graph = TfliteReader.Read(File.ReadAllBytes(Path.Combine(folder, "model.tflite")), "kws");
        using var scratch = new TemporaryFolder();
        EmittedProgram.Write(scratch.Path, FirmwareEmitter.Emit(new EmissionRequest(graph, new ModelCard("Net"), Budget.Unlimited)));
        foreach (string instruction in (string[])["vmladava.s8", "vld43.32", "vqrdmulh.s32", "vrshl.s32", "vstrb.32", "letp"])
            Assert.IsTrue(EmulatedFirmware.Holds(scratch.Path, "cortex-m55", instruction), instruction);
        Assert.IsTrue(EmulatedFirmware.Holds(scratch.Path, "cortex-m4", "smlad"));
    }
}
