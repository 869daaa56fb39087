using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>x where positive, number × x elsewhere.</summary>
internal readonly struct LeakyReluFunction<L, V> : IElementFunction<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x, V number) => L.WhereGreater(x, L.Create(0), x, L.Multiply(x, number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gradient(V x, V gradient, V number) => L.WhereGreater(x, L.Create(0), gradient, L.Multiply(gradient, number));
}
