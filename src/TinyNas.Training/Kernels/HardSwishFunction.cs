using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>x × relu6(x + 3) / 6; the derivative is 0 up to -3, (2 x + 3) / 6 to 3, and 1 from there.</summary>
internal readonly struct HardSwishFunction<L, V> : IElementFunction<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x, V number)
        => L.Multiply(x, L.Multiply(Relu6Function<L, V>.Apply(L.Add(x, L.Create(3)), number), L.Create(1f / 6)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gradient(V x, V gradient, V number)
    {
        V slope = L.MultiplyAdd(x, L.Create(1f / 3), L.Create(0.5f));
        slope = L.WhereGreater(x, L.Create(3), L.Create(1), L.WhereGreater(x, L.Create(-3), slope, L.Create(0)));
        return L.Multiply(gradient, slope);
    }
}
