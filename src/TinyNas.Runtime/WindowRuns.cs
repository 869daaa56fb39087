#nullable enable

namespace TinyNas.Runtime;

/// <summary>
/// Where windows lie in a <see cref="PaddedImage"/>, all in pairs of neighbouring 16-bit values. A window is Rows * Columns
/// runs of Length pairs; columns that are not dilated make one run. OutputRowStep and OutputStep lead to the window of the next output.
/// </summary>
internal readonly record struct WindowRuns(
    int Rows, int Columns, int Length, int RowStep, int ColumnStep, int OutputRowStep, int OutputStep)
{
    /// <param name="channels">Even.</param>
    public static WindowRuns Of(in Window w, int channels)
    {
        int pixel = channels / 2, row = w.PaddedWidth * pixel;
        bool joined = w.DilationWidth == 1;
        return new WindowRuns(
            w.FilterHeight, joined ? 1 : w.FilterWidth, joined ? w.FilterWidth * pixel : pixel,
            w.DilationHeight * row, w.DilationWidth * pixel, w.StrideHeight * row, w.StrideWidth * pixel);
    }

    /// <summary>One contiguous window of so many pairs.</summary>
    public static WindowRuns Single(int pairs) => new(1, 1, pairs, 0, 0, 0, 0);

    /// <summary>Pairs in a window.</summary>
    public int Pairs => Rows * Columns * Length;
}
