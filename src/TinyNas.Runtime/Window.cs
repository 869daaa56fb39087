#nullable enable

namespace TinyNas.Runtime;

/// <summary>
/// How a filter or pool moves over a feature map: output (y, x) reads input rows y * StrideHeight - PadTop + i * DilationHeight
/// for i in [0, FilterHeight), columns alike; positions outside the input are left out.
/// </summary>
internal readonly record struct Window(
    int InputHeight, int InputWidth, int OutputHeight, int OutputWidth, int FilterHeight, int FilterWidth,
    int StrideHeight, int StrideWidth, int DilationHeight, int DilationWidth, int PadTop, int PadLeft)
{
    /// <summary>Rows that any output reads, padding included.</summary>
    public int PaddedHeight => (OutputHeight - 1) * StrideHeight + (FilterHeight - 1) * DilationHeight + 1;

    /// <summary>Columns that any output reads, padding included.</summary>
    public int PaddedWidth => (OutputWidth - 1) * StrideWidth + (FilterWidth - 1) * DilationWidth + 1;

    public int Taps => FilterHeight * FilterWidth;
}
