using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>A space-filling design (McKay et al. 1979): in every dimension each of n equal slices of the unit cube holds one of the n points.</summary>
internal static class LatinHypercube
{
    public static double[][] Draw(int count, int dimensions, ref RandomStream random)
    {
        double[][] points = [.. Enumerable.Range(0, count).Select(_ => new double[dimensions])];
        var slices = new int[count];
        for (int d = 0; d < dimensions; d++)
        {
            for (int i = 0; i < count; i++) slices[i] = i;
            random.Shuffle<int>(slices);
            for (int i = 0; i < count; i++) points[i][d] = (slices[i] + random.NextDouble()) / count;
        }
        return points;
    }
}
