using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>ReLU on its own.</summary>
internal readonly struct ReluFunction<L, V> : IElementFunction<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x, V number) => ReluActivation<L, V>.Apply(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gradient(V x, V gradient, V number) => ReluActivation<L, V>.Gradient(x, gradient);
}
