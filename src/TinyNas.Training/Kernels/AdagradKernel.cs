using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>One update of <see cref="Adagrad"/>.</summary>
internal static unsafe class AdagradKernel<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update(in UpdateMemory memory, in RootStep root, float rate)
    {
        float* weights = memory.Weights, gradients = memory.Gradients, sums = memory.First;
        nint count = memory.Count;
        V inside = L.Create(root.Inside), outside = L.Create(root.Outside), by = L.Create(-rate);
        for (nint i = 0; i < count; i += L.Width)
        {
            V g = L.Load(gradients + i), sum = L.MultiplyAdd(g, g, L.Load(sums + i));
            L.Store(sum, sums + i);
            V change = L.Divide(g, L.Add(L.SquareRoot(L.Add(sum, inside)), outside));
            L.Store(L.MultiplyAdd(by, change, L.Load(weights + i)), weights + i);
        }
    }
}
