namespace TinyNas.Training;

/// <summary>
/// How two extents are cut into register tiles of at most 8 × 8. Tilings differ between machines; results do not, because
/// no sum depends on the tile that it is in.
/// </summary>
internal sealed record Tiling(int[] Heights, int[] Widths)
{
    public const int Largest = 8;

    /// <summary>The cheapest cut of <paramref name="height"/> (broadcast operands) × <paramref name="width"/> (loaded operands).</summary>
    public static Tiling Choose(int height, int width, int registers)
    {
        Tiling? best = null;
        double bestCost = double.PositiveInfinity;
        for (int h = 1; h <= Largest; h++)
            for (int w = 1; w <= Largest; w++)
            {
                // Accumulators, one row of operands and one broadcast value share the registers; one is left for addresses' sake.
                if (h * w + w + 1 > registers - 1) continue;
                int[] heights = Cut(height, h), widths = Cut(width, w);
                double cost = heights.Sum(a => widths.Sum(b => TileCost(a, b)));
                if (cost < bestCost - 1e-9) (best, bestCost) = (new Tiling(heights, widths), cost);
            }
        return best!;
    }

    /// <summary>Cycles per tap: one multiply-add or load each, at least the latency of a chain of four, and the loop itself.</summary>
    private static double TileCost(int height, int width) => Math.Max(Math.Max(height * width, height + width), 4) + 0.7;

    /// <summary>Blocks of at most <paramref name="block"/>, as equal as can be.</summary>
    public static int[] Cut(int size, int block)
    {
        int count = (size + block - 1) / block;
        var blocks = new int[count];
        for (int i = 0; i < count; i++) blocks[i] = size / count + (i < size % count ? 1 : 0);
        return blocks;
    }
}
