using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>One update of Adam (Kingma and Ba 2015) over all parameters at once; lanes are parameters here, not samples.</summary>
internal static unsafe class AdamKernel<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update(in UpdateMemory memory, in AdamStep step)
    {
        float* weights = memory.Weights, gradients = memory.Gradients, means = memory.First, squares = memory.Second;
        nint count = memory.Count;
        V fresh1 = L.Create(step.Fresh1), fresh2 = L.Create(step.Fresh2);
        V rate = L.Create(-step.Rate), scale = L.Create(step.DeviationScale), epsilon = L.Create(step.Epsilon);
        for (nint i = 0; i < count; i += L.Width)
        {
            V g = L.Load(gradients + i), m = L.Load(means + i), v = L.Load(squares + i);
            m = LaneMath<L, V>.WithoutDust(L.MultiplyAdd(fresh1, L.Subtract(g, m), m));
            v = L.MultiplyAdd(fresh2, L.Subtract(L.Multiply(g, g), v), v);
            V deviation = L.MultiplyAdd(L.SquareRoot(v), scale, epsilon);
            L.Store(m, means + i);
            L.Store(v, squares + i);
            L.Store(L.MultiplyAdd(rate, L.Divide(m, deviation), L.Load(weights + i)), weights + i);
        }
    }
}

/// <summary>The scalars of one Adam update; conventions differ only in how they are computed.</summary>
internal struct AdamStep
{
    /// <summary>1 - beta: the weight of the new gradient in the running means.</summary>
    public float Fresh1, Fresh2;

    public float Epsilon, Rate, DeviationScale;
}
