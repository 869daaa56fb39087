using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>Kernels over rows of pixels that are not worth tiling.</summary>
internal static unsafe class MapKernels<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    /// <summary>Adds every channel's sum and sum of squares to <paramref name="moments"/>: [channel][2][16].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddMoments(Pixels x, int pixels, int channels, float* moments)
    {
        for (int p = 0; p < pixels; p++)
            for (int i = 0; i < channels * 16; i += L.Width)
            {
                V value = L.Load(x.Start + p * x.Step + i);
                float* sums = moments + (i / 16) * 32 + i % 16;
                L.Store(L.Add(L.Load(sums), value), sums);
                L.Store(L.MultiplyAdd(value, value, L.Load(sums + 16)), sums + 16);
            }
    }

    /// <summary>sums[channel][16] += x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSums(Pixels x, int pixels, int channels, float* sums)
    {
        for (int p = 0; p < pixels; p++)
            for (int i = 0; i < channels * 16; i += L.Width)
                L.Store(L.Add(L.Load(sums + i), L.Load(x.Start + p * x.Step + i)), sums + i);
    }

    /// <summary>y = factor × x over plain memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(float* x, float factor, float* y, nint count)
    {
        for (nint i = 0; i < count; i += L.Width) L.Store(L.Multiply(L.Load(x + i), L.Create(factor)), y + i);
    }

    /// <summary>y = x × mask for one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mask(Pixels x, Pixels mask, Pixels y, int pixels, int channels)
    {
        for (int p = 0; p < pixels; p++)
            for (int i = 0; i < channels * 16; i += L.Width)
                L.Store(L.Multiply(L.Load(x.Start + p * x.Step + i), L.Load(mask.Start + p * mask.Step + i)), y.Start + p * y.Step + i);
    }

    /// <summary>y = a + b for one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(Pixels a, Pixels b, Pixels y, int pixels, int channels)
    {
        for (int p = 0; p < pixels; p++)
            for (int i = 0; i < channels * 16; i += L.Width)
                L.Store(L.Add(L.Load(a.Start + p * a.Step + i), L.Load(b.Start + p * b.Step + i)), y.Start + p * y.Step + i);
    }

    /// <summary>sums[channel][16] += x × y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProducts(Pixels x, Pixels y, int pixels, int channels, float* sums)
    {
        for (int p = 0; p < pixels; p++)
            for (int i = 0; i < channels * 16; i += L.Width)
                L.Store(L.MultiplyAdd(L.Load(x.Start + p * x.Step + i), L.Load(y.Start + p * y.Step + i), L.Load(sums + i)), sums + i);
    }

    /// <summary>One row of windows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MaxPool(Pixels x, in Window window, Pixels y, int pixels, int channels)
    {
        for (int p = 0; p < pixels; p++)
            for (int c = 0; c < channels * 16; c += L.Width)
            {
                float* from = x.Start + p * window.Width * x.Step + c;
                V best = L.Load(from);
                for (int i = 0; i < window.Height; i++)
                    for (int j = 0; j < window.Width; j++)
                        best = L.Max(L.Load(from + i * window.Row + j * x.Step), best);
                L.Store(best, y.Start + p * y.Step + c);
            }
    }

    /// <summary>Gives each window's gradient to its first largest pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MaxPoolGradient(Pixels x, in Window window, Pixels y, Pixels dy, Pixels dx, nint dxRow, int pixels, int channels)
    {
        for (int p = 0; p < pixels; p++)
            for (int c = 0; c < channels * 16; c += L.Width)
            {
                float* from = x.Start + p * window.Width * x.Step + c;
                float* to = dx.Start + p * window.Width * dx.Step + c;
                V best = L.Load(y.Start + p * y.Step + c), g = L.Load(dy.Start + p * dy.Step + c), zero = L.Create(0);
                for (int i = 0; i < window.Height; i++)
                    for (int j = 0; j < window.Width; j++)
                    {
                        V value = L.Load(from + i * window.Row + j * x.Step);
                        L.Store(L.WhereEqual(value, best, g, zero), to + i * dxRow + j * dx.Step);
                        g = L.WhereEqual(value, best, zero, g);
                    }
            }
    }

    /// <summary>gradient = factor (y - x), and the sum of (y - x)² in each lane added to <paramref name="sums"/>[16].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SquaredDifference(Pixels y, Pixels x, Pixels gradient, int pixels, int channels, float factor, float* sums)
    {
        for (int lane = 0; lane < 16; lane += L.Width)
        {
            V sum = L.Load(sums + lane), scale = L.Create(factor);
            for (int p = 0; p < pixels; p++)
                for (int i = lane; i < channels * 16; i += 16)
                {
                    V difference = L.Subtract(L.Load(y.Start + p * y.Step + i), L.Load(x.Start + p * x.Step + i));
                    sum = L.MultiplyAdd(difference, difference, sum);
                    L.Store(L.Multiply(difference, scale), gradient.Start + p * gradient.Step + i);
                }
            L.Store(sum, sums + lane);
        }
    }
}
