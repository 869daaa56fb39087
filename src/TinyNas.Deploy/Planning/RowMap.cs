namespace TinyNas.Deploy;

/// <summary>Which rows of a map of <paramref name="Height"/> rows a kernel reads for its output rows: output row r sees <paramref name="Reach"/> + 1 rows from r * Stride - Pad on.</summary>
internal readonly record struct RowMap(int Stride, int Pad, int Reach, int Height)
{
    /// <summary>Where each output row is made of the same row.</summary>
    public static RowMap Same(int height) => new(1, 0, 0, height);

    /// <summary>The first row inside the map that output rows from <paramref name="row"/> on need.</summary>
    public int Begin(int row) => Math.Clamp(row * Stride - Pad, 0, Height);

    /// <summary>The row after the last that output rows before <paramref name="end"/> need.</summary>
    public int End(int end) => Math.Clamp((end - 1) * Stride - Pad + Reach + 1, 0, Height);
}
