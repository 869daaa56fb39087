using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>Gradient of rounding to integers n from v = (x + offset) × factor, per channel.</summary>
internal static unsafe class RequantiseKernels<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    /// <summary>
    /// dx = g within the range, 0 beyond. sums: [channel][2][16], of dx and of g × (n − v) within, g × the last integer beyond.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(Pixels x, Pixels n, Pixels g, Pixels dx, int pixels, int channels, float* offset, float* factor, in ClipRange range, float* sums)
    {
        V zero = L.Create(0), low = L.Create(range.Low), high = L.Create(range.High), atLow = L.Create(range.AtLow), atHigh = L.Create(range.AtHigh);
        for (int p = 0; p < pixels; p++)
            for (int i = 0; i < channels * 16; i += L.Width)
            {
                int c = i / 16;
                V gradient = L.Load(g.Start + p * g.Step + i);
                V v = L.Multiply(L.Add(L.Load(x.Start + p * x.Step + i), L.Create(offset[c])), L.Create(factor[c]));
                V difference = L.Subtract(L.Load(n.Start + p * n.Step + i), v);
                V passed = L.WhereGreater(v, high, zero, L.WhereGreater(v, low, gradient, zero));
                V byScale = L.WhereGreater(v, high, atHigh, L.WhereGreater(v, low, difference, atLow));
                L.Store(passed, dx.Start + p * dx.Step + i);
                float* to = sums + c * 32 + i % 16;
                L.Store(L.Add(L.Load(to), passed), to);
                L.Store(L.MultiplyAdd(gradient, byScale, L.Load(to + 16)), to + 16);
            }
    }
}
