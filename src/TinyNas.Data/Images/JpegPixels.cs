namespace TinyNas.Data;

/// <summary>
/// From coefficients to pixels: inverse DCT per block, components with fewer samples brought to full size by bilinear
/// interpolation with aligned centres, then BT.601 full-range colour with 16-bit coefficients. Integers throughout.
/// </summary>
internal static class JpegPixels
{
    public static Image Render(JpegFrame frame, bool isRgb)
    {
        int channels = frame.Components.Length;
        byte[][] planes = [.. frame.Components.Select(c => Samples(c))];
        AxisWeights[] columns = [.. frame.Components.Select(c => AxisWeights.Linear(c.Width, frame.Width, frame.MaxHorizontal, c.Horizontal))];
        AxisWeights[] rows = [.. frame.Components.Select(c => AxisWeights.Linear(c.Height, frame.Height, frame.MaxVertical, c.Vertical))];
        var pixels = new byte[frame.Width * frame.Height * channels];
        for (int y = 0; y < frame.Height; y++)
        {
            Span<byte> row = pixels.AsSpan(y * frame.Width * channels, frame.Width * channels);
            for (int c = 0; c < channels; c++) Interpolate(frame.Components[c], planes[c], columns[c], rows[c], y, row[c..], channels);
            if (channels == 3 && !isRgb) ToRgb(row);
        }
        return new Image(frame.Width, frame.Height, channels, pixels);
    }

    private static byte[] Samples(JpegComponent component)
    {
        int stride = component.Stride * 8;
        var plane = new byte[stride * component.BlocksHigh * 8];
        for (int y = 0; y < component.BlocksHigh; y++)
            for (int x = 0; x < component.BlocksWide; x++)
                JpegBlock.Transform(component.Coefficients.AsSpan((y * component.Stride + x) * 64, 64), component.Quantisation, plane, y * 8 * stride + x * 8, stride);
        return plane;
    }

    private static void Interpolate(JpegComponent component, byte[] plane, AxisWeights columns, AxisWeights rows, int y, Span<byte> to, int step)
    {
        int stride = component.Stride * 8, width = columns.First.Length;
        int upper = rows.First[y], lower = Math.Min(upper + 1, component.Height - 1);
        ReadOnlySpan<byte> above = plane.AsSpan(upper * stride, stride), below = plane.AsSpan(lower * stride, stride);
        int weightAbove = rows.Weights[2 * y], weightBelow = rows.Weights[2 * y + 1];
        int total = rows.Total * columns.Total;
        for (int x = 0; x < width; x++)
        {
            int left = columns.First[x], weightRight = columns.Weights[2 * x + 1];
            if (weightRight == 0 && weightBelow == 0)
            {
                to[x * step] = above[left];
                continue;
            }
            int right = Math.Min(left + 1, component.Width - 1);
            int sum = columns.Weights[2 * x] * (weightAbove * above[left] + weightBelow * below[left])
                + weightRight * (weightAbove * above[right] + weightBelow * below[right]);
            to[x * step] = (byte)((sum + total / 2) / total);
        }
    }

    private static void ToRgb(Span<byte> row)
    {
        for (int i = 0; i < row.Length; i += 3)
        {
            int luma = row[i] << 16, blue = row[i + 1] - 128, red = row[i + 2] - 128;
            row[i] = Level(luma + 91881 * red);
            row[i + 1] = Level(luma - 22554 * blue - 46802 * red);
            row[i + 2] = Level(luma + 116130 * blue);
        }
    }

    private static byte Level(int value) => (byte)Math.Clamp((value + 32768) >> 16, 0, 255);
}
