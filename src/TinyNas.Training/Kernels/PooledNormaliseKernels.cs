using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>A pooling window in a map: height, width, and floats from one row to the next.</summary>
internal struct Window
{
    public int Height, Width;
    public nint Row;
}

/// <summary>
/// Normalisation, activation and max-pooling together. The map of winners (the z that won each window) is kept: sums of
/// the backward pass need only it, a quarter of the reads for 2 × 2 windows, and nothing has to be divided by gamma.
/// </summary>
internal static unsafe class PooledNormaliseKernels<L, V, TActivation>
    where L : struct, ILanes<V> where V : unmanaged where TActivation : struct, IActivation<L, V>
{
    /// <summary>One row of <paramref name="pixels"/> windows. Rounding is monotone: the largest y belongs to the largest z, or to the smallest where scale is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Pixels z, in Window window, Pixels y, Pixels winners, int pixels, int channels, float* scale, float* shift)
    {
        nint step = z.Step;
        for (int p = 0; p < pixels; p++)
        {
            float* corner = z.Start + p * window.Width * step;
            for (int c = 0; c < channels; c++)
            {
                V a = L.Create(scale[c]), b = L.Create(shift[c]);
                bool rising = scale[c] >= 0;
                for (int lane = 0; lane < 16; lane += L.Width)
                {
                    float* from = corner + c * 16 + lane;
                    V best = rising ? Largest(from, window, step) : Smallest(from, window, step);
                    L.Store(best, winners.Start + p * winners.Step + c * 16 + lane);
                    L.Store(TActivation.Apply(L.MultiplyAdd(best, a, b)), y.Start + p * y.Step + c * 16 + lane);
                }
            }
        }
    }

    /// <summary>Gradients of the windows' pixels; of equal largest values the first gets the window's gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        Pixels z, in Window window, Pixels winners, Pixels dy, Pixels dz, nint dzRow, int pixels, int channels, in NormaliseCoefficients k)
    {
        for (int p = 0; p < pixels; p++)
        {
            float* corner = z.Start + p * window.Width * z.Step;
            float* target = dz.Start + p * window.Width * dz.Step;
            for (int c = 0; c < channels; c++)
            {
                V k2 = L.Create(k.Constant[c]), k3 = L.Create(k.FromInput[c]);
                for (int lane = 0; lane < 16; lane += L.Width)
                {
                    float* from = corner + c * 16 + lane;
                    float* to = target + c * 16 + lane;
                    V winner = L.Load(winners.Start + p * winners.Step + c * 16 + lane);
                    V g = TActivation.Gradient(
                        L.MultiplyAdd(winner, L.Create(k.Scale[c]), L.Create(k.Shift[c])), L.Load(dy.Start + p * dy.Step + c * 16 + lane));
                    g = L.Multiply(g, L.Create(k.FromGradient[c]));
                    for (int i = 0; i < window.Height; i++)
                        for (int j = 0; j < window.Width; j++)
                        {
                            V x = L.Load(from + i * window.Row + j * z.Step);
                            V share = L.WhereEqual(x, winner, g, L.Create(0));
                            g = L.WhereEqual(x, winner, L.Create(0), g);
                            L.Store(L.Add(L.MultiplyAdd(x, k3, k2), share), to + i * dzRow + j * dz.Step);
                        }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Largest(float* from, in Window window, nint step)
    {
        if (window is { Height: 2, Width: 2 })
        {
            // Nearly every pool is one of these; written out it takes a third less time than the loop.
            float* below = from + window.Row;
            return L.Max(L.Max(L.Load(from), L.Load(from + step)), L.Max(L.Load(below), L.Load(below + step)));
        }
        V best = L.Load(from);
        for (int i = 0; i < window.Height; i++)
            for (int j = 0; j < window.Width; j++) best = L.Max(L.Load(from + i * window.Row + j * step), best);
        return best;
    }

    private static V Smallest(float* from, in Window window, nint step)
    {
        V best = L.Load(from);
        for (int i = 0; i < window.Height; i++)
            for (int j = 0; j < window.Width; j++)
            {
                V x = L.Load(from + i * window.Row + j * step);
                best = L.WhereGreater(best, x, x, best);
            }
        return best;
    }
}
