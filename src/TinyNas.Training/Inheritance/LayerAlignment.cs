namespace TinyNas.Training;

/// <summary>Which layer of a parent each layer of a child continues: the best alignment of the two sequences, in order.</summary>
internal static class LayerAlignment
{
    /// <summary>Per layer of the child: a layer of the parent, or null for a layer that is new.</summary>
    public static int?[] Of(Network parent, Network child)
    {
        int rows = parent.Layers.Length, columns = child.Layers.Length;
        // best[i, j]: of the parent's layers from i on and the child's from j on. From the end, so that the walk below goes forwards.
        var best = new double[rows + 1, columns + 1];
        for (int i = rows - 1; i >= 0; i--)
            for (int j = columns - 1; j >= 0; j--)
                best[i, j] = Math.Max(Math.Max(best[i + 1, j], best[i, j + 1]), Likeness(parent.Layers[i], child.Layers[j]) is > 0 and var likeness ? likeness + best[i + 1, j + 1] : 0);
        var aligned = new int?[columns];
        for (int i = 0, j = 0; i < rows && j < columns;)
        {
            double likeness = Likeness(parent.Layers[i], child.Layers[j]);
            if (likeness > 0 && best[i, j] == likeness + best[i + 1, j + 1]) aligned[j++] = i++;
            else if (best[i, j] == best[i + 1, j]) i++;
            else j++;
        }
        return aligned;
    }

    /// <summary>0 for layers that have nothing in common. Weights count most, and among those the ones with the same shape of kernel.</summary>
    private static double Likeness(Layer a, Layer b) => (a, b) switch
    {
        (Conv x, Conv y) when x.Groups > 1 != y.Groups > 1 => 0,
        (Conv x, Conv y) => 4 + Same(x.KernelHeight == y.KernelHeight && x.KernelWidth == y.KernelWidth, 2)
            + Same(x.StrideHeight == y.StrideHeight && x.StrideWidth == y.StrideWidth, 2) + Same(x.Filters == y.Filters, 1),
        (Dense x, Dense y) => 4 + Same(x.Units == y.Units, 2),
        (BatchNorm, BatchNorm) => 1,
        _ => Same(a.GetType() == b.GetType(), 0.25),
    };

    private static double Same(bool condition, double value) => condition ? value : 0;
}
