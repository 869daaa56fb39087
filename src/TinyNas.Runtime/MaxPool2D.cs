#nullable enable

using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyNas.Runtime;

/// <summary>MAX_POOL_2D on int8 maps: first down the columns over whole rows, then along the row.</summary>
internal static class MaxPool2D
{
    /// <summary>Bytes of scratch that <see cref="Run"/> needs.</summary>
    public static int ScratchLength(in Pool2DParameters p) => p.Window.InputWidth * p.Channels;

    public static void Run(in Pool2DParameters p, ReadOnlySpan<sbyte> input, Span<sbyte> scratch, Span<sbyte> output)
    {
        int channels = p.Channels, rowLength = p.Window.InputWidth * channels;
        Span<sbyte> columns = scratch.Slice(0, rowLength);
        for (int y = 0; y < p.Window.OutputHeight; y++)
        {
            (int firstRow, int endRow) = p.Rows(y);
            input.Slice(firstRow * rowLength, rowLength).CopyTo(columns);
            for (int row = firstRow + 1; row < endRow; row++) Maximum(columns, input.Slice(row * rowLength, rowLength));
            for (int x = 0; x < p.Window.OutputWidth; x++)
            {
                Span<sbyte> result = output.Slice((y * p.Window.OutputWidth + x) * channels, channels);
                (int first, int end) = p.Columns(x);
                columns.Slice(first * channels, channels).CopyTo(result);
                for (int column = first + 1; column < end; column++) Maximum(result, columns.Slice(column * channels, channels));
                Clamp(result, p.Minimum, p.Maximum);
            }
        }
    }

    /// <summary>a[i] = max(a[i], b[i]).</summary>
    private static void Maximum(Span<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        int done = 0;
        if (Vector128.IsHardwareAccelerated && a.Length >= Vector128<sbyte>.Count)
        {
            Span<Vector128<sbyte>> left = MemoryMarshal.Cast<sbyte, Vector128<sbyte>>(a);
            ReadOnlySpan<Vector128<sbyte>> right = MemoryMarshal.Cast<sbyte, Vector128<sbyte>>(b);
            for (int i = 0; i < left.Length; i++) left[i] = Vector128.Max(left[i], right[i]);
            done = left.Length * Vector128<sbyte>.Count;
        }
        for (int i = done; i < a.Length; i++)
            if (b[i] > a[i]) a[i] = b[i];
    }

    private static void Clamp(Span<sbyte> values, int minimum, int maximum)
    {
        if (minimum <= sbyte.MinValue && maximum >= sbyte.MaxValue) return;
        unchecked
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = (sbyte)(values[i] < minimum ? minimum : values[i] > maximum ? maximum : values[i]);
        }
    }
}
