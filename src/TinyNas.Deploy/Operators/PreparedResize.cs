using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// RESIZE_NEAREST_NEIGHBOR and, where <paramref name="IsBilinear"/>, RESIZE_BILINEAR. For each output row and column a table says where
/// it comes from: one input position, or the two around it and how far it is from the first to the second in units of 1/1024.
/// </summary>
/// <param name="PixelBytes">Bytes of all channels of a position.</param>
public sealed record PreparedResize(
    Operator Operator, int Input, int Output, bool IsBilinear, int InputWidth, int PixelBytes,
    ImmutableArray<short> Rows, ImmutableArray<short> Columns) : PreparedOperator(Operator, Input, Output);
