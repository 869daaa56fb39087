using System.Runtime.InteropServices;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>
/// Our files in TensorFlow Lite 2.9, layer by layer, each layer fed with our own values so that differences cannot add up.
/// Where sums are clamped at zero, and in pools, the results are equal; elsewhere its kernels may break a tie the other way.
/// Its MEAN computes in float32, which current TFLM does not: there that formula must give its values.
/// </summary>
[TestClass]
public class TfliteLibraryTests
{
    [TestMethod]
    public void EveryLayerAgreesWithTensorFlowLite()
    {
        TfliteLibrary library = TfliteLibrary.Require();
        var differences = new SortedDictionary<string, (int Different, int Values)>();
        for (ulong seed = 0; seed < 10; seed++)
        {
            foreach (Graph graph in (Graph[])[RandomNetwork.Images(seed), RandomNetwork.Windows(seed)])
            {
                var interpreter = new Interpreter(graph);
                MemoryMarshal.AsBytes(RandomNetwork.Input(graph, seed).AsSpan()).CopyTo(interpreter.Input());
                interpreter.Invoke();
                foreach (Operator o in graph.Operators)
                {
                    byte[] theirs = library.Run(TfliteWriter.Write(SingleLayer.Of(graph, o)), interpreter.TensorBytes(o.Inputs[0]));
                    bool exact = o.Code == OperatorCode.MaxPool2D || o.Options is Conv2DOptions { Activation: FusedActivation.Relu };
                    string kind = o.Code.Name() + (o.Options is Conv2DOptions c ? " " + c.Activation : "");
                    (int different, int values) = differences.GetValueOrDefault(kind);
                    differences[kind] = (different + Compare(interpreter.TensorBytes(o.Outputs[0]), theirs, exact ? 0 : 1, $"seed {seed} {kind}"), values + theirs.Length);
                    if (o.Code == OperatorCode.Mean) CollectionAssert.AreEqual(MeanInFloat(graph, o, interpreter), theirs, $"seed {seed} {kind}");
                    // A layer whose values are all alike would prove nothing.
                    Assert.IsTrue(theirs.Distinct().Count() > 2 || theirs.Length < 8, $"seed {seed} {kind} is flat");
                }
            }
        }
        string report = string.Join("; ", differences.Select(d => $"{d.Key}: {d.Value.Different} of {d.Value.Values} differ by 1"));
        Console.WriteLine(report);
        // Ties are rare.
        Assert.IsTrue(differences.All(d => d.Key == "MEAN" || d.Value.Different * 500 <= d.Value.Values), report);
    }

    private static byte[] MeanInFloat(Graph graph, Operator o, Interpreter interpreter)
    {
        Tensor input = graph.Tensors[o.Inputs[0]], output = graph.Tensors[o.Outputs[0]];
        int channels = input.Shape[3], count = input.Count / channels;
        float scale = input.Quantization!.Scale / output.Quantization!.Scale, bias = -input.Quantization.ZeroPoint * scale;
        var means = new byte[channels];
        for (int c = 0; c < channels; c++)
        {
            int sum = 0;
            for (int i = 0; i < count; i++) sum += (sbyte)interpreter.TensorBytes(o.Inputs[0])[i * channels + c];
            float mean = MathF.Round(sum / (float)count * scale + bias, MidpointRounding.AwayFromZero) + output.Quantization.ZeroPoint;
            means[c] = (byte)Math.Clamp((int)mean, -128, 127);
        }
        return means;
    }

    [TestMethod]
    [DataRow("tflm_hello_world_int8")]
    [DataRow("mlperf_kws_int8")]
    public void RewrittenPublishedModelsRunInTensorFlowLite(string name)
    {
        TfliteLibrary library = TfliteLibrary.Require();
        GoldenModel model = GoldenModel.Load(name);
        byte[] file = TfliteWriter.Write(model.Graph);
        foreach (GoldenCase golden in model.Cases) Compare(golden.Output, library.Run(file, golden.Input), 1, name);
    }

    /// <summary>Number of values that differ; fails where one differs by more than <paramref name="tolerance"/>.</summary>
    private static int Compare(ReadOnlySpan<byte> ours, ReadOnlySpan<byte> theirs, int tolerance, string what)
    {
        Assert.AreEqual(ours.Length, theirs.Length, what);
        int different = 0;
        for (int i = 0; i < ours.Length; i++)
        {
            int distance = Math.Abs((sbyte)ours[i] - (sbyte)theirs[i]);
            Assert.IsTrue(distance <= tolerance, $"{what}, value {i}: {(sbyte)ours[i]} here, {(sbyte)theirs[i]} there");
            if (distance > 0) different++;
        }
        return different;
    }
}
