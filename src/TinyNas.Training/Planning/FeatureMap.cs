using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Rows and columns of zeros around a map, so that no kernel tests for borders.</summary>
internal readonly record struct Halo(int Top, int Left, int Bottom, int Right)
{
    public Halo Union(Halo other) => new(
        Math.Max(Top, other.Top), Math.Max(Left, other.Left), Math.Max(Bottom, other.Bottom), Math.Max(Right, other.Right));

    public bool IsEmpty => (Top | Left | Bottom | Right) == 0;
}

/// <summary>
/// Activations or gradients of a batch: [block of 16 samples][row][column][channel][16]. The samples of a block stand in
/// the SIMD lanes, so every operation has full width for any number of channels, and needs no tail.
/// </summary>
internal sealed unsafe class FeatureMap
{
    // A pixel of 32 channels is 2 KiB: a few neighbouring pixels then fall into the same sets of a 32 KiB cache.
    private const int AliasingChannels = 32;
    private readonly Region region;

    public FeatureMap(Arena arena, Shape shape, int blocks, Halo halo, bool compact, int first, int last)
    {
        (Shape, Halo) = (shape, halo);
        Step = shape.Channels * 16 + (!compact && shape.Channels % AliasingChannels == 0 ? 16 : 0);
        Row = Step * (halo.Left + shape.Width + halo.Right);
        nint size = Row * (halo.Top + shape.Height + halo.Bottom);
        Block = blocks == 1 ? 0 : size;
        region = arena.Reserve((long)size * blocks, first, last);
    }

    /// <summary>Of one sample, halo not counted.</summary>
    public Shape Shape { get; }

    public Halo Halo { get; }

    /// <summary>Floats from one pixel, row or block to the next. A map of one block serves every block in turn: its stride is 0.</summary>
    public nint Step { get; }
    public nint Row { get; }
    public nint Block { get; }

    /// <summary>Pixels of a block stand side by side without gaps.</summary>
    public bool IsCompact => Halo.IsEmpty && Step == Shape.Channels * 16;

    public float* At(int block, int row, int column) =>
        region.Pointer + block * Block + (row + Halo.Top) * Row + (column + Halo.Left) * Step;

    public Pixels Line(int block, int row) => new(At(block, row, 0), Step);

    public Pixels Line(int block, int row, int column) => new(At(block, row, column), Step);

    /// <summary>[channel][16] of one pixel.</summary>
    public Span<float> Pixel(int block, int row, int column) => new(At(block, row, column), Shape.Channels * 16);

    public static void Copy(FeatureMap source, FeatureMap target, int blocks)
    {
        for (int block = 0; block < blocks; block++)
            for (int row = 0; row < source.Shape.Height; row++)
                for (int column = 0; column < source.Shape.Width; column++)
                    source.Pixel(block, row, column).CopyTo(target.Pixel(block, row, column));
    }

    public void Clear() => region.Clear();

    /// <summary>For maps whose memory others use in between; those that keep theirs have a halo of zeros from the start.</summary>
    public void ClearHalo()
    {
        if (Halo.IsEmpty) return;
        for (int block = 0; block < (Block == 0 ? 1 : region.Floats / Block); block++)
        {
            float* start = region.Pointer + block * Block;
            new Span<float>(start, (int)(Halo.Top * Row)).Clear();
            new Span<float>(start + (Halo.Top + Shape.Height) * Row, (int)(Halo.Bottom * Row)).Clear();
            for (int row = 0; row < Shape.Height; row++)
            {
                new Span<float>(At(block, row, -Halo.Left), (int)(Halo.Left * Step)).Clear();
                new Span<float>(At(block, row, Shape.Width), (int)(Halo.Right * Step)).Clear();
            }
        }
    }
}
