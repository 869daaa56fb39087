#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>AVERAGE_POOL_2D on int8 maps: the sum over positions inside the map by their number, halves away from zero.</summary>
internal static class AveragePool2D
{
    public static void Run(in Pool2DParameters p, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        unchecked
        {
            int channels = p.Channels;
            for (int y = 0; y < p.Window.OutputHeight; y++)
            {
                (int firstRow, int endRow) = p.Rows(y);
                for (int x = 0; x < p.Window.OutputWidth; x++)
                {
                    (int first, int end) = p.Columns(x);
                    int count = (endRow - firstRow) * (end - first);
                    Span<sbyte> result = output.Slice((y * p.Window.OutputWidth + x) * channels, channels);
                    for (int c = 0; c < result.Length; c++)
                    {
                        int sum = 0;
                        for (int row = firstRow; row < endRow; row++)
                            for (int column = first; column < end; column++)
                                sum += input[(row * p.Window.InputWidth + column) * channels + c];
                        int q = (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
                        result[c] = (sbyte)(q < p.Minimum ? p.Minimum : q > p.Maximum ? p.Maximum : q);
                    }
                }
            }
        }
    }
}
