using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Generators.Tests;

/// <summary>From the data's own units to labels and scores.</summary>
[TestClass]
public class PredictTests
{
    private static readonly Graph Network = RandomGraph.Classifier(21, 4, 5, 3, 3);

    private static readonly InputEncoding Encoding = new(
        ElementType.Float32, [10.5f, -3.25f, 0.001f], [0.1f, 7.3f, 333.3f], Network.Input.Quantization!.Scale, Network.Input.Quantization.ZeroPoint);

    private const string Classifier = """
        using System;
        public static class Runner
        {
            private static readonly App.Net Model = new App.Net();
            public static string Predict(float[] values)
            {
                App.Net.Prediction p = Model.Predict(values);
                return FormattableString.Invariant($"{p.Label}|{(int)p.Label}|{p.Name}|{p.Score:R}|{string.Join(",", Array.ConvertAll(p.Scores.ToArray(), s => s.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}|{p}");
            }
        }
        """;

    private const string Camera = """
        public static class Camera
        {
            public static string Predict(byte[] values)
            {
                var p = new App.Net().Predict(values);
                return System.FormattableString.Invariant($"{p.Label}|{p.Score:R}");
            }
        }
        """;

    [TestMethod]
    public void ValuesAreEncodedAsInputEncodingDocumentsBitForBit()
    {
        // One value per float of interest: the class's own input buffer is seen through Predict's effect on the first layer.
        const string runner = """
            public static class Runner
            {
                private static readonly App.Net Model = new App.Net();
                public static byte[] Encode(float[] values)
                {
                    Model.Predict(values);
                    return Model.Trace()[0].Bytes;
                }
            }
            """;
        Graph copy = Copy(60, Encoding.Scale, Encoding.ZeroPoint);
        var encode = Project(copy, Encoding, []) with { Sources = [runner] };
        var generated = encode.Run().Load<Func<float[], byte[]>>("Runner", "Encode");
        RandomStream random = RandomStream.Create(4);
        for (int k = 0; k < 400; k++)
        {
            var values = new float[60];
            for (int i = 0; i < values.Length; i++) values[i] = Interesting(ref random, i % 3);
            byte[] expected = [.. values.Select((v, i) => (byte)Encoding.Quantise(v, i % 3))];
            CollectionAssert.AreEqual(expected, generated(values), string.Join(" ", values.Select(v => v.ToString("R", CultureInfo.InvariantCulture))));
        }
    }

    [TestMethod]
    public void AClassifierGivesTheInterpretersLabelAndScores()
    {
        var predict = (Project(Network, Encoding, ["cat", "dog", "no pet"]) with { Sources = [Classifier] })
            .Run().Load<Func<float[], string>>("Runner", "Predict");
        var interpreter = new Interpreter(Network);
        RandomStream random = RandomStream.Create(5);
        string[] names = ["cat", "dog", "no pet"], members = ["Cat", "Dog", "NoPet"];
        for (int k = 0; k < 200; k++)
        {
            var values = new float[Network.Input.Count];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = Encoding.Mean[i % 3] + (float)random.NextNormal() * 2 / Encoding.InverseDeviation[i % 3];
                interpreter.Input()[i] = (byte)Encoding.Quantise(values[i], i % 3);
            }
            interpreter.Invoke();
            float[] scores = [.. MemoryMarshal.Cast<byte, sbyte>(interpreter.Output()).ToArray().Select(q => (q + 128) / 256f)];
            int best = Array.IndexOf(scores, scores.Max());
            string expected = string.Create(CultureInfo.InvariantCulture,
                $"{members[best]}|{best}|{names[best]}|{scores[best]:R}|{string.Join(",", scores.Select(s => s.ToString("R", CultureInfo.InvariantCulture)))}|{names[best]} ({scores[best]:0.000})");
            Assert.AreEqual(expected, predict(values));
        }
    }

    [TestMethod]
    public void CameraBytesAndFloatsOfTheSameValuesPredictTheSame()
    {
        GeneratorResult result = (Project(Network, InputEncoding.CameraBytes(3), ["a", "b", "c"]) with { Sources = [Classifier, Camera] }).Run();
        var floats = result.Load<Func<float[], string>>("Runner", "Predict");
        var bytes = result.Load<Func<byte[], string>>("Camera", "Predict");
        RandomStream random = RandomStream.Create(6);
        for (int k = 0; k < 50; k++)
        {
            var image = new byte[Network.Input.Count];
            for (int i = 0; i < image.Length; i++) image[i] = (byte)random.NextInt(256);
            string[] expected = floats([.. image.Select(b => (float)b)]).Split('|');
            Assert.AreEqual($"{expected[0]}|{expected[3]}", bytes(image));
        }
    }

    [TestMethod]
    public void WithoutLabelsTheResultIsRealNumbersAndWithoutEncodingTheTensorsScaleIsUsed()
    {
        Graph graph = RandomGraph.Regressor(8, 12, 4);
        const string runner = "public static class Runner { public static float[] Predict(float[] values) => new App.Net().Predict(values); }";
        var predict = (Project(graph, null, []) with { Sources = [runner] }).Run().Load<Func<float[], float[]>>("Runner", "Predict");
        var interpreter = new Interpreter(graph);
        Quantization input = graph.Input.Quantization!, output = graph.Output.Quantization!;
        float[] values = [.. Enumerable.Range(0, 12).Select(i => (i - 6) * 0.737f)];
        for (int i = 0; i < values.Length; i++)
            interpreter.Input()[i] = (byte)(sbyte)Math.Clamp(MathF.Round(values[i] / input.Scale, MidpointRounding.AwayFromZero) + input.ZeroPoint, -128, 127);
        interpreter.Invoke();
        float[] expected = [.. MemoryMarshal.Cast<byte, sbyte>(interpreter.Output()).ToArray().Select(q => (float)((double)output.Scale * (q - output.ZeroPoint)))];
        CollectionAssert.AreEqual(expected, predict(values));
    }

    [TestMethod]
    public void AWrongNumberOfValuesIsAnArgumentException()
    {
        var predict = (Project(Network, Encoding, ["a", "b", "c"]) with { Sources = [Classifier] })
            .Run().Load<Func<float[], string>>("Runner", "Predict");
        var refused = Assert.ThrowsExactly<ArgumentException>(() => predict(new float[59]));
        StringAssert.Contains(refused.Message, "needs 60 elements, not 59");
    }

    [TestMethod]
    public void FiguresAndQuantisationAreConstants()
    {
        const string runner = """
            public static class Runner
            {
                private const int Ram = App.Net.RamBytes;
                private const long Sum = App.Net.Macs + 10 * Ram + 100 * App.Net.StackBytes + 1000 * App.Net.FlashBytes + 10000 * App.Net.ConstantBytes;
                private const float Scales = App.Net.InputScale / App.Net.OutputScale;
                public static string Figures() => $"{Sum} {Scales == 2f} {App.Net.InputZeroPoint} {App.Net.OutputZeroPoint} {App.Net.InputLength} {App.Net.OutputLength}";
            }
            """;
        var figures = (Project(Network, null, ["a", "b", "c"]) with { Sources = [runner] }).Run().Load<Func<string>>("Runner", "Figures");
        Assert.AreEqual("26431 True -7 -128 60 3", figures());
    }

    /// <summary>Values around every rounding and clamping boundary of one channel, and arbitrary ones.</summary>
    private static float Interesting(ref RandomStream random, int channel)
    {
        float mean = Encoding.Mean[channel], inverse = Encoding.InverseDeviation[channel];
        switch (random.NextInt(6))
        {
            case 0: return BitConverter.Int32BitsToSingle((int)random.NextUInt64()) is var any && float.IsNaN(any) ? 0 : any;
            case 1: return random.NextInt(2) == 0 ? float.PositiveInfinity : float.NegativeInfinity;
            case 2: return mean + (float)random.NextNormal() / inverse;
            default:
                float tie = (random.NextInt(270) - 135 - Encoding.ZeroPoint + 0.5f) * Encoding.Scale / inverse + mean;
                return random.NextInt(3) switch { 0 => tie, 1 => MathF.BitIncrement(tie), _ => MathF.BitDecrement(tie) };
        }
    }

    /// <summary>A network whose first layer is its input.</summary>
    private static Graph Copy(int count, float scale, int zeroPoint)
    {
        var builder = new GraphBuilder();
        int input = builder.Activation("in", ElementType.Int8, [1, count], Quantization.PerTensor(scale, zeroPoint));
        int output = builder.Activation("out", ElementType.Int8, [count], Quantization.PerTensor(scale, zeroPoint));
        builder.Add(OperatorCode.Reshape, [input], [output], new ReshapeOptions([count]));
        return builder.Build([input], [output]);
    }

    private static GeneratorRun Project(Graph graph, InputEncoding? encoding, ImmutableArray<string> labels) => GeneratorRun.Of(BindingsWriter.Write(
        graph, new ModelCard("Net") { Labels = labels, Input = encoding }, new ResourceEstimate(1, 2, 3, 4, 5, 6, 7), ""));
}
