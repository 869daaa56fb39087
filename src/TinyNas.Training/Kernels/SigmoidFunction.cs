using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>y = 1 / (1 + e^-x); the derivative is y (1 - y).</summary>
internal readonly struct SigmoidFunction<L, V> : IElementFunction<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x, V number) => LaneMath<L, V>.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gradient(V x, V gradient, V number)
    {
        V y = LaneMath<L, V>.Sigmoid(x);
        return L.Multiply(gradient, L.Multiply(y, L.Subtract(L.Create(1), y)));
    }
}
