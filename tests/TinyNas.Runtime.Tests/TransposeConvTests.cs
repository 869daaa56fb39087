namespace TinyNas.Runtime.Tests;

[TestClass]
public class TransposeConvTests
{
    /// <summary>The definition adds every input, times every tap, to the output that it reaches; the kernel asks every output what reaches it.</summary>
    [TestMethod]
    public void OutputsAreTheSumsThatScatteredInputsLeave()
    {
        var draw = new Draw(12);
        for (int round = 0; round < 300; round++)
        {
            var p = new TransposeConvParameters(
                draw.Between(1, 5), draw.Between(1, 5), draw.Between(1, 4), draw.Between(1, 12), draw.Between(1, 12), draw.Between(1, 4),
                draw.Between(1, 4), draw.Between(1, 4), draw.Between(1, 3), draw.Between(1, 3), draw.Between(0, 3), draw.Between(0, 3),
                draw.Between(-128, 127), new Requantizer(draw.Between(-128, 127), -128, 127));
            sbyte[] input = draw.Int8(p.InputHeight * p.InputWidth * p.InputChannels);
            sbyte[] filter = draw.Int8(p.OutputChannels * p.FilterHeight * p.FilterWidth * p.InputChannels, -127);
            int[] bias = round % 3 == 0 ? [] : draw.Int32(p.OutputChannels, -5000, 5000);
            int[] multipliers = draw.Int32(p.OutputChannels, 1 << 30, int.MaxValue), shifts = draw.Int32(p.OutputChannels, -9, -5);
            var output = new sbyte[p.OutputHeight * p.OutputWidth * p.OutputChannels];
            TransposeConv.Run(p, input, filter, bias, multipliers, shifts, output);
            CollectionAssert.AreEqual(Scattered(p, input, filter, bias, multipliers, shifts), output, $"round {round}: {p}");
        }
    }

    private static sbyte[] Scattered(in TransposeConvParameters p, sbyte[] input, sbyte[] filter, int[] bias, int[] multipliers, int[] shifts)
    {
        var sums = new int[p.OutputHeight, p.OutputWidth, p.OutputChannels];
        for (int y = 0; y < p.InputHeight; y++)
            for (int x = 0; x < p.InputWidth; x++)
                for (int i = 0; i < p.FilterHeight; i++)
                    for (int j = 0; j < p.FilterWidth; j++)
                    {
                        int row = y * p.StrideHeight - p.PadTop + i, column = x * p.StrideWidth - p.PadLeft + j;
                        if (row < 0 || row >= p.OutputHeight || column < 0 || column >= p.OutputWidth) continue;
                        for (int o = 0; o < p.OutputChannels; o++)
                            for (int c = 0; c < p.InputChannels; c++)
                                sums[row, column, o] += (input[(y * p.InputWidth + x) * p.InputChannels + c] - p.InputZeroPoint)
                                    * filter[((o * p.FilterHeight + i) * p.FilterWidth + j) * p.InputChannels + c];
                    }
        var output = new List<sbyte>();
        for (int y = 0; y < p.OutputHeight; y++)
            for (int x = 0; x < p.OutputWidth; x++)
                for (int o = 0; o < p.OutputChannels; o++)
                    output.Add(p.Requantizer.Apply(sums[y, x, o] + (bias.Length == 0 ? 0 : bias[o]), multipliers[o], shifts[o]));
        return [.. output];
    }
}
