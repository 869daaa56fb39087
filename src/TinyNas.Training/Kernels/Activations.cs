using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>A function of one value and its derivative, for kernels that apply it on the way.</summary>
internal interface IActivation<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    static abstract V Apply(V x);

    /// <summary>Gradient with respect to x, given the one with respect to the output.</summary>
    static abstract V Gradient(V x, V gradient);
}

internal readonly struct NoActivation<L, V> : IActivation<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x) => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gradient(V x, V gradient) => gradient;
}

internal readonly struct ReluActivation<L, V> : IActivation<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x) => L.Max(L.Create(0), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gradient(V x, V gradient) => L.WhereGreater(x, L.Create(0), gradient, L.Create(0));
}
