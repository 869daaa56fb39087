namespace TinyNas.Runtime.Tests;

[TestClass]
public class ResizeTests
{
    [TestMethod]
    public void NearestCopiesWholePositions()
    {
        var draw = new Draw(3);
        for (int round = 0; round < 200; round++)
        {
            int height = draw.Between(1, 5), width = draw.Between(1, 5), bytes = draw.Between(1, 6);
            short[] rows = [.. draw.Int32(draw.Between(1, 7), 0, height - 1).Select(r => (short)r)], columns = [.. draw.Int32(draw.Between(1, 7), 0, width - 1).Select(c => (short)c)];
            byte[] input = [.. draw.Int8(height * width * bytes).Select(b => unchecked((byte)b))], output = new byte[rows.Length * columns.Length * bytes];
            ResizeNearest.Run(new ResizeNearestParameters(width, bytes), rows, columns, input, output);
            for (int i = 0; i < output.Length; i++)
            {
                int position = i / bytes, from = rows[position / columns.Length] * width + columns[position % columns.Length];
                Assert.AreEqual(input[from * bytes + i % bytes], output[i], $"round {round}, byte {i}");
            }
        }
    }

    /// <summary>The weighted mean of four, exactly, with halves away from zero.</summary>
    [TestMethod]
    public void BilinearIsTheRoundedWeightedMean()
    {
        var draw = new Draw(4);
        int halves = 0;
        for (int round = 0; round < 300; round++)
        {
            int height = draw.Between(1, 5), width = draw.Between(1, 5), channels = draw.Between(1, 4);
            short[] rows = Table(draw, height), columns = Table(draw, width);
            sbyte[] input = draw.Int8(height * width * channels), output = new sbyte[rows.Length / 3 * (columns.Length / 3) * channels];
            ResizeBilinear.Run(new ResizeBilinearParameters(width, channels), rows, columns, input, output);
            for (int i = 0; i < output.Length; i++)
            {
                int y = i / channels / (columns.Length / 3) * 3, x = i / channels % (columns.Length / 3) * 3;
                decimal At(int row, int column) => input[(row * width + column) * channels + i % channels];
                decimal down = rows[y + 2] / 1024m, along = columns[x + 2] / 1024m;
                decimal mean = (1 - down) * ((1 - along) * At(rows[y], columns[x]) + along * At(rows[y], columns[x + 1]))
                    + down * ((1 - along) * At(rows[y + 1], columns[x]) + along * At(rows[y + 1], columns[x + 1]));
                if (mean - decimal.Floor(mean) == 0.5m) halves++;
                Assert.AreEqual(decimal.Round(mean, MidpointRounding.AwayFromZero), (decimal)output[i], $"round {round}, {i}");
            }
        }
        Assert.IsTrue(halves > 50, $"only {halves} ties");
    }

    /// <summary>Neighbours with any fraction between them, or the edge alone, where it may be below 0.</summary>
    private static short[] Table(Draw draw, int size)
    {
        var table = new List<short>();
        for (int count = draw.Between(1, 6); count > 0; count--)
        {
            int first = draw.Between(0, size - 1), second = Math.Min(first + 1, size - 1);
            int fraction = draw.Between(0, 2) == 0 ? 512 : draw.Between(first == second ? -512 : 0, 1023);
            table.AddRange([(short)first, (short)second, (short)fraction]);
        }
        return [.. table];
    }
}
