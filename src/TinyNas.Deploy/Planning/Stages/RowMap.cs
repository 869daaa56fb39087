namespace TinyNas.Deploy;

/// <summary>
/// Which rows of a map of <paramref name="Size"/> rows a kernel reads for its output rows: output row r sees
/// <paramref name="Reach"/> + 1 rows from r * Stride - Pad on. Columns alike.
/// </summary>
internal readonly record struct RowMap(int Stride, int Pad, int Reach, int Size)
{
    /// <summary>Where each output row is made of the same row.</summary>
    public static RowMap Same(int size) => new(1, 0, 0, size);

    /// <summary>The first row inside the map that output rows from <paramref name="row"/> on need.</summary>
    public int Begin(int row) => Math.Clamp(row * Stride - Pad, 0, Size);

    /// <summary>The row after the last that output rows before <paramref name="end"/> need.</summary>
    public int End(int end) => Math.Clamp((end - 1) * Stride - Pad + Reach + 1, 0, Size);
}
