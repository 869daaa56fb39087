using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>One update of <see cref="Adamax"/>.</summary>
internal static unsafe class AdamaxKernel<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update(in UpdateMemory memory, in AdamaxStep step)
    {
        float* weights = memory.Weights, gradients = memory.Gradients, means = memory.First, largest = memory.Second;
        nint count = memory.Count;
        V zero = L.Create(0), fresh = L.Create(step.Fresh1), beta2 = L.Create(step.Beta2), rate = L.Create(-step.Rate);
        V onGradient = L.Create(step.OnGradient), onLargest = L.Create(step.OnLargest);
        for (nint i = 0; i < count; i += L.Width)
        {
            V g = L.Load(gradients + i), m = L.Load(means + i);
            m = LaneMath<L, V>.WithoutDust(L.MultiplyAdd(fresh, L.Subtract(g, m), m));
            // The gradient comes second, for Max gives its second operand where one is not a number.
            V u = L.Max(L.Multiply(beta2, L.Load(largest + i)), L.Add(L.Max(g, L.Subtract(zero, g)), onGradient));
            L.Store(m, means + i);
            L.Store(u, largest + i);
            L.Store(L.MultiplyAdd(rate, L.Divide(m, L.Add(u, onLargest)), L.Load(weights + i)), weights + i);
        }
    }
}

/// <summary>The scalars of one Adamax update.</summary>
internal struct AdamaxStep
{
    public float Fresh1, Beta2, Rate;

    /// <summary>Epsilon, where the convention has it.</summary>
    public float OnGradient, OnLargest;
}
