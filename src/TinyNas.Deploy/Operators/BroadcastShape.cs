using System.Collections.Immutable;

namespace TinyNas.Deploy;

/// <summary>
/// An output of four dimensions (leading ones added) and the strides of the two operands in elements, 0 along dimensions in
/// which an operand is repeated.
/// </summary>
public sealed record BroadcastShape(ImmutableArray<int> Dimensions, ImmutableArray<int> StridesA, ImmutableArray<int> StridesB)
{
    /// <summary>Both operands have the output's shape.</summary>
    public bool IsElementwise => StridesA.SequenceEqual(StridesB);

    /// <summary>The same for <paramref name="some"/> of the <paramref name="all"/> parts that the output's outermost dimension consists of.</summary>
    internal BroadcastShape Outermost(int some, int all)
    {
        int outermost = 0;
        while (Dimensions[outermost] == 1) outermost++;
        return this with { Dimensions = Dimensions.SetItem(outermost, Dimensions[outermost] / all * some) };
    }

    /// <summary>The same with neighbouring dimensions that both operands step through evenly as one: equal shapes are one long row.</summary>
    public BroadcastShape Merged()
    {
        List<int> d = [], a = [], b = [];
        for (int i = 0; i < Dimensions.Length; i++)
        {
            if (Dimensions[i] == 1) continue;
            bool continues = d.Count > 0 && a[^1] == StridesA[i] * Dimensions[i] && b[^1] == StridesB[i] * Dimensions[i];
            if (continues)
            {
                d[^1] *= Dimensions[i];
                a[^1] = StridesA[i];
                b[^1] = StridesB[i];
                continue;
            }
            d.Add(Dimensions[i]);
            a.Add(StridesA[i]);
            b.Add(StridesB[i]);
        }
        return new BroadcastShape(Padded(d, 1), Padded(a, 0), Padded(b, 0));

        ImmutableArray<int> Padded(List<int> values, int by) => [.. Enumerable.Repeat(by, Dimensions.Length - values.Count), .. values];
    }
}
