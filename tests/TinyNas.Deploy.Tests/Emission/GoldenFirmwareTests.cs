using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Published models as firmware: every case, and the logits before a softmax that may saturate, bit for bit on each core in QEMU.</summary>
[TestClass]
public class GoldenFirmwareTests
{
    /// <summary>An image holds model and cases; the Cortex-M55's board has 512 kB for it.</summary>
    private const int MostImageBytes = 450_000;

    public static IEnumerable<object[]> ModelsAndCores =>
        from name in (string[])[
            "tflm_hello_world_int8", "tflm_micro_speech", "mlperf_kws_int8", "mlperf_ad01_int8", "mlperf_resnet8_int8", "mlperf_vww96_int8",
            "mcunet_vww_i8io", "nanonas_vww_l010", "nanonas_melanoma", "colabnas_k4_c5", "tflm_mnist_lstm_int8"]
        from core in (string[])["cortex-m0plus", "cortex-m4", "cortex-m55"]
        select new object[] { name, core };

    [TestMethod]
    [DynamicData(nameof(ModelsAndCores))]
    public void EveryCaseIsExactOnEveryCore(string name, string core)
    {
        Command.Require("qemu-system-arm");
        GoldenModel model = GoldenModel.Load(name);
        GoldenCase[] cases = [.. model.Cases];
        bool stateful = model.Graph.Tensors.Any(t => t.IsVariable);
        Check(model.Graph, core, stateful, [.. cases.Select(c => (c.Input, stateful ? c.OutputInSequence : c.Output))]);
        // Those of a model with a state are of calls after a reset.
        if (cases[0].BeforeSoftmax is { } logits)
            Check(model.Graph with { Outputs = [logits.Tensor] }, core, stateful, [.. cases.Take(stateful ? 1 : cases.Length).Select(c => (c.Input, c.BeforeSoftmax!.Value.Bytes))]);
    }

    private static void Check(Graph graph, string core, bool stateful, (byte[] Input, byte[] Output)[] cases)
    {
        using var scratch = new TemporaryFolder();
        EmittedProgram.Write(scratch.Path, FirmwareEmitter.Emit(new EmissionRequest(graph, new ModelCard("Net"), Budget.Unlimited)));
        long model = new FileInfo(scratch["net.tflite"]).Length;
        int perImage = stateful ? cases.Length : (int)Math.Max(1, (MostImageBytes - model) / cases[0].Input.Length);
        // A case that differs ends the image with its number, which is no success.
        foreach ((byte[], byte[])[] some in cases.Chunk(perImage)) EmulatedFirmware.Run(scratch.Path, core, some);
    }
}
