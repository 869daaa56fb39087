using TinyNas.Model;

namespace TinyNas.Training.Tests.Quantisation;

[TestClass]
public sealed class FoldingTests
{
    public static IEnumerable<object[]> Orders => LayerOrders.All.Select(o => new object[] { o.Name, o.Network, o.Operators, o.OperatorsWhenNegative });

    [TestMethod]
    [DynamicData(nameof(Orders))]
    public void FoldedNetworkComputesWhatItsLayersDo(string name, Network network, string operators, string operatorsWhenNegative)
    {
        for (ulong seed = 0; seed < 6; seed++)
        {
            bool negative = seed % 2 == 1;
            TrainedNetwork trained = Networks.Trained(network, seed, negative);
            Assert.AreEqual(negative ? operatorsWhenNegative : operators, Kinds(Folding.Stages(trained)), name);
            float[] sample = Sample(network.Input, seed);
            double[] expected = DoubleReference.Layers(trained, Array.ConvertAll(sample, v => (double)v));
            double[] folded = DoubleReference.Stages(trained, Array.ConvertAll(sample, v => (double)v));
            var floats = new FloatNetwork(trained);
            var logits = new float[floats.Outputs];
            floats.Infer(sample, logits);
            double largest = expected.Max(Math.Abs);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.AreEqual(expected[i], folded[i], largest * 1e-12, $"{name}, seed {seed}, output {i}");
                Assert.AreEqual(folded[i], logits[i], largest * 1e-5, $"{name}, seed {seed}, output {i} in floats");
            }
        }
    }

    [TestMethod]
    public void FloatInferenceIsTheSumInPlainOrder()
    {
        // Eleven filters: a whole vector and a part of one. Ten columns: fours of inner ones, and single ones at the edge.
        var network = new Network(new Shape(5, 10, 3), [new Conv(11, 3, 2) { Bias = true }, new GlobalAveragePool()]);
        TrainedNetwork trained = Networks.Trained(network, 3);
        float[] x = Sample(network.Input, 3), kernel = trained.Parameters[0]["kernel"];
        var floats = new FloatNetwork(trained);
        floats.Infer(x);
        for (int oy = 0; oy < 5; oy++)
            for (int ox = 0; ox < 10; ox++)
                for (int f = 0; f < 11; f++)
                {
                    float sum = trained.Parameters[0]["bias"][f];
                    for (int ky = 0; ky < 3; ky++)
                        for (int kx = 0; kx < 2; kx++)
                            for (int c = 0; c < 3; c++)
                                if (oy + ky - 1 is >= 0 and < 5 && ox + kx < 10)
                                    sum = MathF.FusedMultiplyAdd(x[((oy + ky - 1) * 10 + ox + kx) * 3 + c], kernel[((f * 3 + ky) * 2 + kx) * 3 + c], sum);
                    Assert.AreEqual(BitConverter.SingleToInt32Bits(sum), BitConverter.SingleToInt32Bits(floats.Activation(0)[(oy * 10 + ox) * 11 + f]), $"{oy} {ox} {f}");
                }
    }

    internal static float[] Sample(Shape shape, ulong seed)
    {
        var random = new RandomStream(seed, RandomStream.KeyOf("test sample"));
        var values = new float[shape.Count];
        for (int i = 0; i < values.Length; i++) values[i] = random.NextInt(256) / 128f - 1;
        return values;
    }

    private static string Kinds(IEnumerable<InferenceStage> stages) =>
        string.Join(' ', stages.Select(s => s is MaxPoolStage ? "pool" : s is AveragePoolStage ? "average" : s.Name[..s.Name.LastIndexOf('_')]));
}
