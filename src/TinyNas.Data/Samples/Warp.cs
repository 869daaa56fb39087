using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// Rotation about the middle, a crop scaled back to full size, and a shift, in one bilinear resampling; beyond the edge the nearest pixel.
/// </summary>
internal readonly struct Warp
{
    private readonly double xx, xy, x0, yx, yy, y0;

    /// <param name="degrees">Turns the picture counter-clockwise.</param>
    /// <param name="zoom">1: all of it; below 1: a part of that size, whose middle is moved by <paramref name="down"/> and <paramref name="right"/> pixels of the source.</param>
    public Warp(Shape shape, double degrees, double zoomY, double zoomX, double down, double right)
    {
        double angle = degrees * Math.PI / 180, cos = DeterministicMath.Cos(angle), sin = DeterministicMath.Sin(angle);
        double middleX = (shape.Width - 1) / 2.0, middleY = (shape.Height - 1) / 2.0;
        (xx, xy) = (cos * zoomX, -sin * zoomY);
        (yx, yy) = (sin * zoomX, cos * zoomY);
        (x0, y0) = (middleX + right - xx * middleX - xy * middleY, middleY + down - yx * middleX - yy * middleY);
    }

    /// <summary>Both are height × width × channels.</summary>
    /// <param name="whole">Whether results are whole numbers, as a camera gives them.</param>
    public void Apply(Shape shape, ReadOnlySpan<float> from, Span<float> to, bool whole)
    {
        int channels = shape.Channels;
        for (int y = 0, at = 0; y < shape.Height; y++)
            for (int x = 0; x < shape.Width; x++, at += channels)
            {
                double sourceX = Math.Clamp(xx * x + xy * y + x0, 0, shape.Width - 1), sourceY = Math.Clamp(yx * x + yy * y + y0, 0, shape.Height - 1);
                int left = (int)sourceX, top = (int)sourceY, rightward = left + 1 < shape.Width ? channels : 0, downward = top + 1 < shape.Height ? shape.Width * channels : 0;
                float shareX = (float)(sourceX - left), shareY = (float)(sourceY - top);
                int first = (top * shape.Width + left) * channels;
                for (int c = 0; c < channels; c++)
                {
                    float above = from[first + c] + (from[first + rightward + c] - from[first + c]) * shareX;
                    float below = from[first + downward + c] + (from[first + downward + rightward + c] - from[first + downward + c]) * shareX;
                    float value = above + (below - above) * shareY;
                    to[at + c] = whole ? MathF.Round(value) : value;
                }
            }
    }
}
