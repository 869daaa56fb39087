using System.Collections.Immutable;

namespace TinyNas.Training;

/// <summary>Unstructured pruning: the smallest weights of all kernels together become zero.</summary>
internal static class WeightRemoval
{
    /// <param name="share">Of all kernel weights, those that are zero already included.</param>
    public static TrainedNetwork Smallest(TrainedNetwork trained, double share)
    {
        float[] sizes = [.. trained.Parameters.SelectMany(p => p.TryGetValue("kernel", out float[]? kernel) ? kernel : []).Select(Math.Abs)];
        Array.Sort(sizes);
        int count = (int)(share * sizes.Length);
        if (count == 0) return trained;
        float threshold = sizes[count - 1];
        return trained with
        {
            Parameters = [.. trained.Parameters.Select(p => p.ContainsKey("kernel") ? p.SetItem("kernel", [.. p["kernel"].Select(w => Math.Abs(w) <= threshold ? 0 : w)]) : p)],
        };
    }

    /// <summary>Share of kernel weights that are zero.</summary>
    public static double Zeros(ImmutableArray<ImmutableDictionary<string, float[]>> parameters)
    {
        long zeros = 0, all = 0;
        foreach (var layer in parameters)
            if (layer.TryGetValue("kernel", out float[]? kernel)) (zeros, all) = (zeros + kernel.LongCount(w => w == 0), all + kernel.Length);
        return all == 0 ? 0 : (double)zeros / all;
    }
}
