using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>The emitted TFLM glue with TFLM itself, on a Cortex-M4 in QEMU: it compiles, fits the arena it declares, and gives the expected outputs.</summary>
[TestClass]
public class TflmOnArmTests
{
    /// <summary>Figures of BASELINES and of the estimate are within this of each other.</summary>
    private const double Tolerance = 0.02;

    [TestMethod]
    [DataRow("tflm_hello_world_int8")]
    [DataRow("tflm_micro_speech")]
    [DataRow("mlperf_kws_int8")]
    [DataRow("mlperf_ad01_int8")]
    [DataRow("mlperf_resnet8_int8")]
    [DataRow("mlperf_vww96_int8")]
    [DataRow("mcunet_vww_i8io")]
    [DataRow("nanonas_vww_l010")]
    [DataRow("nanonas_melanoma")]
    [DataRow("colabnas_k4_c5")]
    [DataRow("tflm_mnist_lstm_int8")]
    public void APublishedModelRunsInTheArenaThatItsGlueDeclares(string name)
    {
        TflmTree tree = TflmTree.Require();
        GoldenModel model = GoldenModel.Load(name);
        // An LSTM's state is not what it should be after the first call with CMSIS-NN, which clears it.
        GoldenCase[] cases = [.. model.Cases.Take(model.Graph.Tensors.Any(t => t.IsVariable) ? 1 : 2)];
        Check(tree, name, model.Graph, cases.Select(c => c.Input), [.. cases.SelectMany(c => c.Output)]);
    }

    /// <summary>A network that a search has found, and two of the shapes that the spaces hold.</summary>
    [TestMethod]
    [DataRow("gesture")]
    [DataRow("nanonas")]
    [DataRow("temporal")]
    public void ASearchedModelRunsInTheArenaThatItsGlueDeclares(string name)
    {
        TflmTree tree = TflmTree.Require();
        Graph graph = name switch
        {
            "gesture" => TfliteReader.Read(File.ReadAllBytes(Path.Combine(Repository.Root, "samples/05-LockedCi/tinynas/Gesture.tflite")), name),
            "nanonas" => Networks.NanoNas(4, 3),
            _ => Networks.Temporal(4, 3, 100, 6, 5),
        };
        var interpreter = new Interpreter(graph);
        RandomStream random = RandomStream.Create(9);
        List<byte[]> inputs = [];
        List<byte> outputs = [];
        for (int i = 0; i < 5; i++)
        {
            foreach (ref byte b in interpreter.Input()) b = (byte)random.NextInt(256);
            inputs.Add(interpreter.Input().ToArray());
            interpreter.Invoke();
            outputs.AddRange(interpreter.Output());
        }
        Check(tree, name, graph, inputs, [.. outputs]);
    }

    private static void Check(TflmTree tree, string name, Graph graph, IEnumerable<byte[]> inputs, byte[] expected)
    {
        using var folder = new TemporaryFolder();
        EmittedProgram.Write(folder.Path, FirmwareEmitter.Emit(new EmissionRequest(graph, new ModelCard("Net"), Budget.Unlimited) { Runtimes = [RuntimeKind.Tflm] }));
        (byte[] outputs, int used) = tree.Run(folder.Path, graph, inputs);
        long estimate = ResourceEstimator.Estimate(graph, Planner.Plan(graph, Budget.Unlimited), "cortex-m4").RamTflm;
        Console.WriteLine($"{name}: {used} bytes of arena used, {estimate} estimated");
        CollectionAssert.AreEqual(expected, outputs, name);
        // Kernels without CMSIS-NN take less.
        if (tree.HasCmsisNn) Assert.AreEqual(1.0, (double)estimate / used, Tolerance, $"{name}: {estimate} estimated, {used} used");
    }
}
