using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>y = tanh x; the derivative is 1 - y².</summary>
internal readonly struct TanhFunction<L, V> : IElementFunction<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x, V number) => LaneMath<L, V>.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gradient(V x, V gradient, V number)
    {
        V y = LaneMath<L, V>.Tanh(x);
        return L.Multiply(gradient, L.Multiply(L.Subtract(L.Create(1), y), L.Add(L.Create(1), y)));
    }
}
