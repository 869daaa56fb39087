using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>See <see cref="Selu"/>; the derivative is λ above zero and λ α e^x below.</summary>
internal readonly struct SeluFunction<L, V> : IElementFunction<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    private const float Above = (float)Selu.Lambda, Below = (float)(Selu.Lambda * Selu.Alpha);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x, V number) => L.WhereGreater(
        x, L.Create(0), L.Multiply(x, L.Create(Above)), L.Multiply(L.Subtract(LaneMath<L, V>.Exp(x), L.Create(1)), L.Create(Below)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gradient(V x, V gradient, V number) => L.Multiply(
        gradient, L.WhereGreater(x, L.Create(0), L.Create(Above), L.Multiply(LaneMath<L, V>.Exp(x), L.Create(Below))));
}
