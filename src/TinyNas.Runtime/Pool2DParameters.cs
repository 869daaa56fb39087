#nullable enable

namespace TinyNas.Runtime;

/// <summary>Pools see only positions inside the map; results are clamped to [Minimum, Maximum], which lies in int8.</summary>
internal readonly record struct Pool2DParameters(Window Window, int Channels, int Minimum, int Maximum)
{
    /// <summary>Input rows [First, End) of output row y.</summary>
    public (int First, int End) Rows(int y) => Inside(y * Window.StrideHeight - Window.PadTop, Window.FilterHeight, Window.InputHeight);

    /// <summary>Input columns [First, End) of output column x.</summary>
    public (int First, int End) Columns(int x) => Inside(x * Window.StrideWidth - Window.PadLeft, Window.FilterWidth, Window.InputWidth);

    private static (int First, int End) Inside(int start, int length, int size) =>
        (start < 0 ? 0 : start, start + length > size ? size : start + length);
}
