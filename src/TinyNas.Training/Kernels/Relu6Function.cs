using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>min(max(x, 0), 6); no gradient at either bound, as TensorFlow and PyTorch have it.</summary>
internal readonly struct Relu6Function<L, V> : IElementFunction<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply(V x, V number)
    {
        V six = L.Create(6), positive = L.Max(L.Create(0), x);
        return L.WhereGreater(positive, six, six, positive);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gradient(V x, V gradient, V number)
    {
        V zero = L.Create(0);
        return L.WhereGreater(x, zero, L.WhereGreater(L.Create(6), x, gradient, zero), zero);
    }
}
