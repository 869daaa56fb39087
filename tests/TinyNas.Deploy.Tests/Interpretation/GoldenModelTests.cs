using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Published models against the reference kernels: every output, every intermediate tensor, bit for bit.</summary>
[TestClass]
public class GoldenModelTests
{
    [TestMethod]
    [DataRow("tflm_hello_world_int8")]
    [DataRow("mlperf_ad01_int8")]
    [DataRow("mlperf_kws_int8")]
    [DataRow("mlperf_vww96_int8")]
    [DataRow("mlperf_resnet8_int8")]
    [DataRow("tflm_micro_speech")]
    [DataRow("nanonas_vww_l010")]
    [DataRow("nanonas_melanoma")]
    [DataRow("colabnas_k4_c5")]
    [DataRow("mcunet_vww_i8io")]
    [DataRow("tflm_mnist_lstm_int8")]
    public void EveryTensorEqualsTheReference(string name)
    {
        GoldenModel model = GoldenModel.Load(name);
        Check(model, new Interpreter(model.Graph));
    }

    [TestMethod]
    [DataRow("tflm_hello_world_int8")]
    [DataRow("mlperf_kws_int8")]
    public void TheRewrittenFileGivesTheSameTensors(string name)
    {
        GoldenModel model = GoldenModel.Load(name);
        Check(model, new Interpreter(TfliteReader.Read(TfliteWriter.Write(model.Graph), name)));
    }

    [TestMethod]
    public void StateIsKeptFromOneInvocationToTheNextInInterpreterAndC()
    {
        GoldenModel model = GoldenModel.Load("tflm_mnist_lstm_int8");
        var interpreter = new Interpreter(model.Graph);
        using EmittedProgram program = EmittedProgram.Compile(model.Graph);
        byte[] outputs = program.Run([.. model.Cases.SelectMany(c => c.Input)]);
        int cases = 0, sequential = 0;
        foreach (GoldenCase golden in model.Cases)
        {
            golden.Input.CopyTo(interpreter.Input());
            interpreter.Invoke();
            CollectionAssert.AreEqual(golden.OutputInSequence, interpreter.Output().ToArray(), $"case {cases}");
            CollectionAssert.AreEqual(golden.OutputInSequence, outputs[(cases * 10)..(cases * 10 + 10)], $"case {cases} in C");
            if (!golden.OutputInSequence.SequenceEqual(golden.Output)) sequential++;
            cases++;
        }
        Assert.IsTrue(cases >= 4 && sequential >= 3, $"{cases} cases, {sequential} in which the state matters");
    }

    private static void Check(GoldenModel model, Interpreter interpreter)
    {
        int cases = 0, taps = 0;
        foreach (GoldenCase golden in model.Cases)
        {
            // The cases are those of fresh interpreters.
            interpreter.Reset();
            golden.Input.CopyTo(interpreter.Input());
            interpreter.Invoke();
            foreach ((int tensor, int bytes, string crc) in golden.Taps)
            {
                Assert.AreEqual(bytes, interpreter.TensorBytes(tensor).Length, $"{model.Name} case {cases} tensor {tensor}");
                Assert.AreEqual(crc, Crc32.Of(interpreter.TensorBytes(tensor)), $"{model.Name} case {cases} tensor {tensor} '{model.Graph.Tensors[tensor].Name}'");
                taps++;
            }
            if (golden.BeforeSoftmax is { } logits)
                CollectionAssert.AreEqual(logits.Bytes, interpreter.TensorBytes(logits.Tensor).ToArray(), $"{model.Name} case {cases} logits");
            CollectionAssert.AreEqual(golden.Output, interpreter.Output().ToArray(), $"{model.Name} case {cases} output");
            cases++;
        }
        Assert.IsTrue(cases >= 4 && taps >= cases * model.Graph.Operators.Length, $"{cases} cases, {taps} taps");
    }
}
