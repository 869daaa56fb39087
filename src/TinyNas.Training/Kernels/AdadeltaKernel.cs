using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>One update of <see cref="Adadelta"/>: the ratio of the running sizes of steps and gradients is the rate of each weight.</summary>
internal static unsafe class AdadeltaKernel<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update(in UpdateMemory memory, in RootStep root, float rate)
    {
        float* weights = memory.Weights, gradients = memory.Gradients, squares = memory.First, steps = memory.Second;
        nint count = memory.Count;
        V fresh = L.Create(root.Fresh), epsilon = L.Create(root.Inside), by = L.Create(-rate);
        for (nint i = 0; i < count; i += L.Width)
        {
            V g = L.Load(gradients + i), v = L.Load(squares + i), s = L.Load(steps + i);
            v = L.MultiplyAdd(fresh, L.Subtract(L.Multiply(g, g), v), v);
            V change = L.Multiply(L.Divide(L.SquareRoot(L.Add(s, epsilon)), L.SquareRoot(L.Add(v, epsilon))), g);
            L.Store(v, squares + i);
            L.Store(L.MultiplyAdd(fresh, L.Subtract(L.Multiply(change, change), s), s), steps + i);
            L.Store(L.MultiplyAdd(by, change, L.Load(weights + i)), weights + i);
        }
    }
}
