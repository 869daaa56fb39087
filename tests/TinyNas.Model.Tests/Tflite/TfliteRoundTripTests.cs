using System.Buffers.Binary;

namespace TinyNas.Model.Tests;

[TestClass]
public class TfliteRoundTripTests
{
    public static IEnumerable<object[]> Graphs => [[SampleGraphs.Classifier()], [SampleGraphs.Odds()]];

    [TestMethod]
    [DynamicData(nameof(Graphs))]
    public void WhatIsWrittenIsReadBack(Graph graph)
    {
        Graph read = TfliteReader.Read(TfliteWriter.Write(graph), "sample");
        Assert.AreEqual(GraphText.Of(graph, versions: false), GraphText.Of(read, versions: false));
        Assert.AreEqual(GraphText.Of(read), GraphText.Of(TfliteReader.Read(TfliteWriter.Write(read), "again")));
    }

    [TestMethod]
    [DynamicData(nameof(Graphs))]
    public void TheSameGraphGivesTheSameBytes(Graph graph) =>
        CollectionAssert.AreEqual(TfliteWriter.Write(graph), TfliteWriter.Write(TfliteReader.Read(TfliteWriter.Write(graph), "sample")));

    [TestMethod]
    [DataRow("tflm_hello_world_int8")]
    [DataRow("tflm_micro_speech")]
    [DataRow("mlperf_ad01_int8")]
    [DataRow("mlperf_kws_int8")]
    [DataRow("mlperf_resnet8_int8")]
    [DataRow("mlperf_vww96_int8")]
    [DataRow("nanonas_vww_l010")]
    [DataRow("nanonas_melanoma")]
    [DataRow("colabnas_k4_c5")]
    [DataRow("mcunet_vww_i8io")]
    [DataRow("te_mnist_lenet300")]
    [DataRow("tflm_mnist_lstm_int8")]
    public void PublishedModelsSurviveReadingAndWriting(string name)
    {
        byte[] file = File.ReadAllBytes(Repository.Shared($"golden/{name}/model.tflite"));
        Graph graph = TfliteReader.Read(file, name);
        string before = GraphText.Of(graph);
        Assert.AreEqual(before, GraphText.Of(TfliteReader.Read(TfliteWriter.Write(graph), name)));
    }

    [TestMethod]
    public void ConstantsBeginAtMultiplesOfSixteenBytes()
    {
        byte[] file = TfliteWriter.Write(SampleGraphs.Classifier());
        int constants = 0;
        foreach (Tensor tensor in TfliteReader.Read(file, "sample").Tensors.Where(t => t.IsConstant))
        {
            Assert.IsTrue(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(tensor.Data, out ArraySegment<byte> part));
            Assert.AreEqual(0, part.Offset % 16, tensor.Name);
            Assert.AreEqual(tensor.Bytes, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(part.Offset - 4)), tensor.Name);
            constants++;
        }
        Assert.AreEqual(7, constants);
    }

    [TestMethod]
    public void Int8OperatorsHaveTheVersionsOfTheRegistry()
    {
        Graph read = TfliteReader.Read(TfliteWriter.Write(SampleGraphs.Classifier()), "sample");
        Assert.AreEqual(
            "Conv2D 3, DepthwiseConv2D 3, MaxPool2D 2, AveragePool2D 2, Mean 2, Reshape 1, FullyConnected 4, Softmax 2",
            string.Join(", ", read.Operators.Select(o => $"{o.Code} {o.Version}")));
    }

    [TestMethod]
    public void FlatcReadsTheFileAlike()
    {
        string flatc = Command.Require("flatc", "flatbuffers-compiler");
        using var folder = new TemporaryFolder();
        // A schema of our own that declares just the fields under test.
        File.WriteAllText(Path.Combine(folder.Path, "part.fbs"), """
            table Code { deprecated_builtin_code: byte; custom_code: string; version: int = 1; builtin_code: int; }
            table Quantization { min: [float]; max: [float]; scale: [float]; zero_point: [long]; kind: ubyte; details: Code; quantized_dimension: int; }
            table Tensor { shape: [int]; type: byte; buffer: uint; name: string; quantization: Quantization; is_variable: bool; }
            table SubGraph { tensors: [Tensor]; inputs: [int]; outputs: [int]; operators: [Operator]; name: string; }
            table Operator { opcode_index: uint; inputs: [int]; outputs: [int]; options_type: ubyte; }
            table Buffer { data: [ubyte]; }
            table Model { version: uint; operator_codes: [Code]; subgraphs: [SubGraph]; description: string; buffers: [Buffer]; }
            root_type Model;
            file_identifier "TFL3";
            """);
        Graph graph = SampleGraphs.Classifier();
        File.WriteAllBytes(Path.Combine(folder.Path, "part.bin"), TfliteWriter.Write(graph));
        Command.Run(flatc, ["--json", "--strict-json", "--defaults-json", "part.fbs", "--", "part.bin"], folder.Path).MustSucceed("flatc");
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, "part.json")));
        System.Text.Json.JsonElement root = json.RootElement, sub = root.GetProperty("subgraphs")[0];
        Assert.AreEqual(3, root.GetProperty("version").GetInt32());
        Assert.AreEqual(graph.Description, root.GetProperty("description").GetString());
        Assert.AreEqual(graph.Tensors.Length, sub.GetProperty("tensors").GetArrayLength());
        Assert.IsFalse(root.GetProperty("buffers")[0].TryGetProperty("data", out _));
        for (int i = 0; i < graph.Tensors.Length; i++)
        {
            System.Text.Json.JsonElement tensor = sub.GetProperty("tensors")[i];
            Assert.AreEqual(graph.Tensors[i].Name, tensor.GetProperty("name").GetString());
            CollectionAssert.AreEqual(graph.Tensors[i].Shape.ToArray(), tensor.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()).ToArray());
            if (graph.Tensors[i].IsConstant)
                CollectionAssert.AreEqual(
                    graph.Tensors[i].Data.ToArray(),
                    root.GetProperty("buffers")[tensor.GetProperty("buffer").GetInt32()].GetProperty("data").EnumerateArray().Select(v => v.GetByte()).ToArray());
        }
        for (int i = 0; i < graph.Operators.Length; i++)
        {
            System.Text.Json.JsonElement code = root.GetProperty("operator_codes")[sub.GetProperty("operators")[i].GetProperty("opcode_index").GetInt32()];
            Assert.AreEqual((int)graph.Operators[i].Code, code.GetProperty("builtin_code").GetInt32());
            Assert.AreEqual((int)graph.Operators[i].Code, code.GetProperty("deprecated_builtin_code").GetInt32());
        }
    }
}
