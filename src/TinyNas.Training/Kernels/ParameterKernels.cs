using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>Passes over all weights or gradients around an optimiser's update; counts are multiples of 16.</summary>
internal static unsafe class ParameterKernels<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    /// <summary>x = x within [-limit, limit]; what is not a number stays so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Clamp(float* x, float limit, nint count)
    {
        V high = L.Create(limit), low = L.Create(-limit);
        for (nint i = 0; i < count; i += L.Width)
        {
            V value = L.Max(low, L.Load(x + i));
            L.Store(L.WhereGreater(value, high, high, value), x + i);
        }
    }

    /// <summary>sums[16] += x², element i to lane i mod 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSquares(float* x, nint count, float* sums)
    {
        for (int lane = 0; lane < 16; lane += L.Width)
        {
            V sum = L.Load(sums + lane);
            for (nint i = lane; i < count; i += 16)
            {
                V value = L.Load(x + i);
                sum = L.MultiplyAdd(value, value, sum);
            }
            L.Store(sum, sums + lane);
        }
    }

    /// <summary>y += factor × x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(float* y, float* x, float factor, nint count)
    {
        V by = L.Create(factor);
        for (nint i = 0; i < count; i += L.Width) L.Store(L.MultiplyAdd(by, L.Load(x + i), L.Load(y + i)), y + i);
    }

    /// <summary>y += share × (x - y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Approach(float* y, float* x, float share, nint count)
    {
        V by = L.Create(share);
        for (nint i = 0; i < count; i += L.Width)
        {
            V was = L.Load(y + i);
            L.Store(L.MultiplyAdd(by, L.Subtract(L.Load(x + i), was), was), y + i);
        }
    }
}
