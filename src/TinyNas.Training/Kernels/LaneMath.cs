using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>Functions made of the operations that all widths have in common, so that all widths give the same bits.</summary>
internal static class LaneMath<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    /// <summary>e^x with a relative error below 2e-7, for x cut to [-87, 87]; not a number stays so.</summary>
    /// <remarks>x = n ln 2 + r with |r| ≤ ln 2 / 2, ln 2 in two parts so that r is exact to the last bit; then Taylor's polynomial in r.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x)
    {
        V limit = L.Create(87);
        x = L.Max(L.Create(-87), x);
        x = L.WhereGreater(x, limit, limit, x);
        // Adding and taking away 1.5 × 2^23 rounds to a whole number.
        V shift = L.Create(12582912f), n = L.Subtract(L.MultiplyAdd(x, L.Create(1.44269504f), shift), shift);
        V r = L.MultiplyAdd(n, L.Create(-0.693359375f), x);
        r = L.MultiplyAdd(n, L.Create(2.12194440e-4f), r);
        V sum = L.MultiplyAdd(r, L.Create(1f / 5040), L.Create(1f / 720));
        sum = L.MultiplyAdd(r, sum, L.Create(1f / 120));
        sum = L.MultiplyAdd(r, sum, L.Create(1f / 24));
        sum = L.MultiplyAdd(r, sum, L.Create(1f / 6));
        sum = L.MultiplyAdd(r, sum, L.Create(0.5f));
        sum = L.MultiplyAdd(r, sum, L.Create(1));
        sum = L.MultiplyAdd(r, sum, L.Create(1));
        return L.Multiply(sum, L.PowerOfTwo(n));
    }

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x) => L.Divide(L.Create(1), L.Add(L.Create(1), Exp(L.Subtract(L.Create(0), x))));

    /// <summary>1 - 2 / (1 + e^2x): an absolute error of 2e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x) => L.Subtract(L.Create(1), L.Divide(L.Create(2), L.Add(L.Create(1), Exp(L.Add(x, x)))));

    /// <summary>
    /// x, or 0 where it is nearer to 0 than 1e-30; not a number stays so. A running mean of gradients that have become 0 would
    /// shrink into subnormal numbers and stay there, and those cost processors many times what others do.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V WithoutDust(V x)
    {
        V zero = L.Create(0);
        return L.WhereGreater(L.Create(1e-30f), L.Max(x, L.Subtract(zero, x)), zero, x);
    }
}
