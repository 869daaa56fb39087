using System.Runtime.Intrinsics.X86;

namespace TinyNas.Runtime.Tests;

/// <summary>Convolutions of random shape against their definition, on both paths.</summary>
[TestClass]
public class ConvolutionTests
{
    private const int Rounds = 1500;

    [TestMethod]
    public void Conv2DEqualsItsDefinition() => ForRandomConvolutions((p, input, filter, bias, multipliers, shifts, expected, what) =>
    {
        short[] packed = new short[Conv2D.PackedLength(p)], scratch = new short[Conv2D.ScratchLength(p)];
        Conv2D.Pack(p, filter, packed);
        // Whatever scratch and output held before must not matter.
        Array.Fill(scratch, (short)12345);
        var output = new sbyte[expected.Length];
        Array.Fill(output, (sbyte)99);
        Conv2D.Run(p, input, packed, bias, multipliers, shifts, scratch, output);
        CollectionAssert.AreEqual(expected, output, what);
    });

    [TestMethod]
    public void Conv2DWithoutAvxEqualsItsDefinition() => ForRandomConvolutions((p, input, filter, bias, multipliers, shifts, expected, what) =>
    {
        short[] packed = new short[Conv2D.PackedLength(p)], image = new short[Conv2D.ScratchLength(p)];
        Conv2D.Pack(p, filter, packed);
        var output = new sbyte[expected.Length];
        int pitch = PackedFilter.Even(p.GroupInputs), groupLength = packed.Length / p.Groups;
        for (int g = 0; g < p.Groups; g++)
        {
            PaddedImage.Fill(p.Window, input, p.InputChannels, g * p.GroupInputs, p.GroupInputs, pitch, p.InputZeroPoint, image);
            Conv2D.RunPortable(p, WindowRuns.Of(p.Window, pitch), g, image, packed.AsSpan(g * groupLength, groupLength), bias, multipliers, shifts, output);
        }
        CollectionAssert.AreEqual(expected, output, what);
    });

    [TestMethod]
    public void DepthwiseEqualsItsDefinition()
    {
        var draw = new Draw(12);
        for (int round = 0; round < Rounds; round++)
        {
            Window w = RandomWindow.Next(draw);
            int inputs = draw.Between(1, 20), multiplier = draw.Between(0, 2) == 0 ? draw.Between(2, 9) : 1;
            var p = new DepthwiseConv2DParameters(w, inputs, multiplier, draw.Between(-128, 127), RandomRange(draw));
            sbyte[] input = draw.Int8(w.InputHeight * w.InputWidth * inputs), filter = draw.Int8(w.Taps * p.OutputChannels);
            int[] bias = RandomBias(draw, p.OutputChannels), multipliers = draw.Int32(p.OutputChannels, 1 << 30, int.MaxValue);
            int[] shifts = draw.Int32(p.OutputChannels, -14, 1);
            sbyte[] expected = Naive.Depthwise(p, input, filter, bias, multipliers, shifts), output = new sbyte[expected.Length];
            short[] packed = new short[DepthwiseConv2D.PackedLength(p)], scratch = new short[DepthwiseConv2D.ScratchLength(p)];
            DepthwiseConv2D.Pack(p, filter, packed);
            Array.Fill(scratch, (short)-777);
            DepthwiseConv2D.Run(p, input, packed, bias, multipliers, shifts, scratch, output);
            CollectionAssert.AreEqual(expected, output, $"round {round}: {p}");
            if (multiplier > 1) continue;
            Array.Clear(output);
            DepthwiseConv2D.RunPortable(p, scratch, packed, bias, multipliers, shifts, output);
            CollectionAssert.AreEqual(expected, output, $"round {round} without AVX: {p}");
        }
    }

    [TestMethod]
    public void FullyConnectedEqualsItsDefinition()
    {
        var draw = new Draw(13);
        for (int round = 0; round < Rounds; round++)
        {
            int rows = draw.Between(1, 3), depth = draw.Between(1, 90), units = draw.Between(1, 30);
            var p = new FullyConnectedParameters(rows, depth, units, draw.Between(-128, 127), RandomRange(draw));
            sbyte[] input = draw.Int8(rows * depth), weights = draw.Int8(units * depth);
            int[] bias = RandomBias(draw, units), multipliers = draw.Int32(units, 1 << 30, int.MaxValue), shifts = draw.Int32(units, -14, 1);
            var expected = new sbyte[rows * units];
            for (int r = 0; r < rows; r++)
                for (int u = 0; u < units; u++)
                {
                    int sum = bias.Length == 0 ? 0 : bias[u];
                    for (int d = 0; d < depth; d++) sum += (input[r * depth + d] - p.InputZeroPoint) * weights[u * depth + d];
                    expected[r * units + u] = p.Requantizer.Apply(sum, multipliers[u], shifts[u]);
                }
            short[] packed = new short[FullyConnected.PackedLength(p)], scratch = new short[FullyConnected.ScratchLength(p)];
            FullyConnected.Pack(p, weights, packed);
            var output = new sbyte[expected.Length];
            FullyConnected.Run(p, input, packed, bias, multipliers, shifts, scratch, output);
            CollectionAssert.AreEqual(expected, output, $"round {round}: {p}");
            FullyConnected.RunPortable(p, scratch, packed, bias, multipliers, shifts, output.AsSpan((rows - 1) * units));
            CollectionAssert.AreEqual(expected, output, $"round {round} without AVX: {p}");
        }
    }

    [TestMethod]
    public void VectorRequantisationEqualsTheFormula()
    {
        if (!Avx2.IsSupported) Assert.Inconclusive("needs a processor with AVX2");
        var draw = new Draw(14);
        var output = new sbyte[8];
        for (int round = 0; round < 20_000; round++)
        {
            Requantizer r = RandomRange(draw);
            int[] bias = draw.Int32(8, int.MinValue, int.MaxValue), multipliers = draw.Int32(8, 1 << 30, int.MaxValue), shifts = draw.Int32(8, -31, 8);
            int[] sums = draw.Int32(8, int.MinValue, int.MaxValue);
            for (int i = 0; i < 8; i++) sums[i] >>= draw.Between(0, 31);
            new ChannelBlock(r, bias, multipliers, shifts, 0, 8, spills: false).Store(System.Runtime.Intrinsics.Vector256.Create<int>(sums), output);
            for (int i = 0; i < 8; i++)
                Assert.AreEqual(r.Apply(unchecked(sums[i] + bias[i]), multipliers[i], shifts[i]), output[i], $"{sums[i]} + {bias[i]}, {multipliers[i]}, {shifts[i]}");
        }
    }

    private delegate void Check(
        Conv2DParameters p, sbyte[] input, sbyte[] filter, int[] bias, int[] multipliers, int[] shifts, sbyte[] expected, string what);

    private static void ForRandomConvolutions(Check check)
    {
        var draw = new Draw(11);
        for (int round = 0; round < Rounds; round++)
        {
            Window w = RandomWindow.Next(draw);
            int groups = draw.Between(0, 3) == 0 ? draw.Between(2, 4) : 1, inputs = groups * draw.Between(1, 7), outputs = groups * draw.Between(1, 19);
            var p = new Conv2DParameters(w, inputs, outputs, groups, draw.Between(-128, 127), RandomRange(draw));
            sbyte[] input = draw.Int8(w.InputHeight * w.InputWidth * inputs), filter = draw.Int8(outputs * w.Taps * p.GroupInputs);
            int[] bias = RandomBias(draw, outputs), multipliers = draw.Int32(outputs, 1 << 30, int.MaxValue), shifts = draw.Int32(outputs, -14, 1);
            check(p, input, filter, bias, multipliers, shifts, Naive.Conv2D(p, input, filter, bias, multipliers, shifts), $"round {round}: {p}");
        }
    }

    private static int[] RandomBias(Draw draw, int count) => draw.Between(0, 4) == 0 ? [] : draw.Int32(count, -50_000, 50_000);

    private static Requantizer RandomRange(Draw draw)
    {
        int low = draw.Between(0, 1) == 0 ? -128 : draw.Between(-128, 126);
        return new Requantizer(draw.Between(-128, 127), low, draw.Between(0, 1) == 0 ? 127 : draw.Between(low, 127));
    }
}
