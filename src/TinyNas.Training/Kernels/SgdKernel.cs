using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>One update of gradient descent; see <see cref="Sgd"/>.</summary>
internal static unsafe class SgdKernel<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update(in UpdateMemory memory, in VelocityStep step, bool nesterov)
    {
        float* weights = memory.Weights, gradients = memory.Gradients, velocities = memory.First;
        nint count = memory.Count;
        V momentum = L.Create(step.Momentum), from = L.Create(step.FromStep), to = L.Create(step.ToWeight);
        for (nint i = 0; i < count; i += L.Width)
        {
            V change = L.Multiply(from, L.Load(gradients + i));
            if (velocities != null)
            {
                V velocity = LaneMath<L, V>.WithoutDust(L.MultiplyAdd(momentum, L.Load(velocities + i), change));
                L.Store(velocity, velocities + i);
                change = nesterov ? L.MultiplyAdd(momentum, velocity, change) : velocity;
            }
            L.Store(L.MultiplyAdd(to, change, L.Load(weights + i)), weights + i);
        }
    }
}
