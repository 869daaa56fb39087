using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>One update of <see cref="RmsProp"/>.</summary>
internal static unsafe class RmsPropKernel<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update(in UpdateMemory memory, in RootStep root, in VelocityStep step)
    {
        float* weights = memory.Weights, gradients = memory.Gradients, squares = memory.First, velocities = memory.Second;
        nint count = memory.Count;
        V fresh = L.Create(root.Fresh), inside = L.Create(root.Inside), outside = L.Create(root.Outside);
        V momentum = L.Create(step.Momentum), from = L.Create(step.FromStep), to = L.Create(step.ToWeight);
        for (nint i = 0; i < count; i += L.Width)
        {
            V g = L.Load(gradients + i), v = L.Load(squares + i);
            v = L.MultiplyAdd(fresh, L.Subtract(L.Multiply(g, g), v), v);
            L.Store(v, squares + i);
            V change = L.Multiply(from, L.Divide(g, L.Add(L.SquareRoot(L.Add(v, inside)), outside)));
            if (velocities != null)
            {
                change = LaneMath<L, V>.WithoutDust(L.MultiplyAdd(momentum, L.Load(velocities + i), change));
                L.Store(change, velocities + i);
            }
            L.Store(L.MultiplyAdd(to, change, L.Load(weights + i)), weights + i);
        }
    }
}
