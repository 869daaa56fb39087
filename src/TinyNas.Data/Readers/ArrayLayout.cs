using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// Shape of one sample of an array [N, …] (NPZ and IDX): [N,F] features are 1×F×1; [N,H,W] is an image H×W×1 if the
/// elements are bytes, else a window of N samples × T steps × C channels, 1×T×C; [N,H,W,C] is an image. Input with as
/// many elements overrides that (a float image 28×28×1, say), since the order of the elements is the same.
/// </summary>
internal static class ArrayLayout
{
    public static Shape ShapeOf(ReadOnlySpan<int> dimensions, bool isBytes) => dimensions.Length switch
    {
        >= 2 when dimensions.Contains(0) => throw new DamagedFileException("holds no values"),
        2 => new Shape(1, dimensions[1], 1),
        3 when isBytes => new Shape(dimensions[1], dimensions[2], 1),
        3 => new Shape(1, dimensions[1], dimensions[2]),
        4 => new Shape(dimensions[1], dimensions[2], dimensions[3]),
        _ => throw new DamagedFileException($"samples of {dimensions.Length - 1} dimensions are not read; 1 to 3 are"),
    };

    /// <summary>Brings samples to Input: reshaped where the count agrees, resized where they are byte images, else TNAS0109.</summary>
    public static RawSamples Fit(RawSamples raw, DataOptions options)
    {
        if (options.Input is not { } input || input == raw.Shape) return raw;
        if (input.Count == raw.Shape.Count && !IsImage(raw)) return raw with { Shape = input };
        if (!IsImage(raw) || input.Channels is not (1 or 3)) throw DataErrors.ShapeMismatch(options, options.Path, raw.Shape, input);
        int count = raw.Labels.Length;
        if ((long)input.Count * count > Array.MaxLength)
            throw DataErrors.Unreadable(options, options.Path, $"{count} samples of {input} do not fit into memory; give a smaller Input");
        var resized = new byte[input.Count * count];
        Parallel.For(0, count, i =>
        {
            var image = new Image(raw.Shape.Width, raw.Shape.Height, raw.Shape.Channels,
                raw.Bytes.AsSpan(i * raw.Shape.Count, raw.Shape.Count).ToArray());
            Resizer.Fit(image, input).Pixels.CopyTo(resized, i * input.Count);
        });
        return raw with { Shape = input, Bytes = resized };
    }

    private static bool IsImage(RawSamples raw) =>
        raw.ElementType == ElementType.UInt8 && raw.Shape.Height > 1 && raw.Shape.Channels is 1 or 3;
}
