namespace TinyNas.Deploy;

/// <summary>
/// How a filter or pool moves over a feature map. Output (y, x) reads input rows y * StrideHeight - PadTop + i * DilationHeight
/// for i in [0, FilterHeight), columns alike; positions outside the input are left out.
/// </summary>
public sealed record Window2D(
    int InputHeight, int InputWidth, int OutputHeight, int OutputWidth, int FilterHeight, int FilterWidth,
    int StrideHeight, int StrideWidth, int DilationHeight, int DilationWidth, int PadTop, int PadLeft);
