using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>Softmax over the channels of each pixel; sums go from the first channel to the last.</summary>
internal static unsafe class SoftmaxKernel<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Pixels x, Pixels y, int pixels, int channels)
    {
        for (int p = 0; p < pixels; p++)
            for (int lane = 0; lane < 16; lane += L.Width)
            {
                float* from = x.Start + p * x.Step + lane;
                float* to = y.Start + p * y.Step + lane;
                V largest = L.Load(from), sum = L.Create(0);
                for (int c = 1; c < channels; c++) largest = L.Max(L.Load(from + c * 16), largest);
                for (int c = 0; c < channels; c++)
                {
                    V e = LaneMath<L, V>.Exp(L.Subtract(L.Load(from + c * 16), largest));
                    L.Store(e, to + c * 16);
                    sum = L.Add(sum, e);
                }
                for (int c = 0; c < channels; c++) L.Store(L.Divide(L.Load(to + c * 16), sum), to + c * 16);
            }
    }

    /// <summary>dx = y (dy - Σ y dy).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(Pixels y, Pixels dy, Pixels dx, int pixels, int channels)
    {
        for (int p = 0; p < pixels; p++)
            for (int lane = 0; lane < 16; lane += L.Width)
            {
                float* ys = y.Start + p * y.Step + lane;
                float* gs = dy.Start + p * dy.Step + lane;
                float* to = dx.Start + p * dx.Step + lane;
                V mean = L.Create(0);
                for (int c = 0; c < channels * 16; c += 16) mean = L.MultiplyAdd(L.Load(ys + c), L.Load(gs + c), mean);
                for (int c = 0; c < channels * 16; c += 16) L.Store(L.Multiply(L.Load(ys + c), L.Subtract(L.Load(gs + c), mean)), to + c);
            }
    }
}
