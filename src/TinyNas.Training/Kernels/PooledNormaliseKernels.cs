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
    /// <summary>
    /// One row of <paramref name="pixels"/> windows. Rounding is monotone: the largest y belongs to the largest z, or to the
    /// smallest where the scale is negative. There z is looked at with its sign changed, which is exact.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Pixels z, in Window window, Pixels y, Pixels winners, int pixels, int channels, float* scale, float* shift)
    {
        nint step = z.Step;
        float* corner = z.Start, result = y.Start, winner = winners.Start;
        for (int p = 0; p < pixels; p++, corner += window.Width * step, result += y.Step, winner += winners.Step)
            for (int i = 0; i < channels * 16; i += L.Width)
            {
                V a = L.Create(scale[i / 16]), sign = L.Create(scale[i / 16] < 0 ? -1f : 1f), best = L.Multiply(sign, L.Load(corner + i));
                for (int row = 0; row < window.Height; row++)
                    for (int column = 0; column < window.Width; column++)
                        best = L.Max(L.Multiply(sign, L.Load(corner + row * window.Row + column * step + i)), best);
                best = L.Multiply(sign, best);
                L.Store(best, winner + i);
                L.Store(TActivation.Apply(L.MultiplyAdd(best, a, L.Create(shift[i / 16]))), result + i);
            }
    }

    /// <summary>Gradients of the windows' pixels; of equal largest values the first gets the window's gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        Pixels z, in Window window, Pixels winners, Pixels dy, Pixels dz, nint dzRow, int pixels, int channels, in NormaliseCoefficients k)
    {
        float* scale = k.Scale, shift = k.Shift, fromGradient = k.FromGradient, fromInput = k.FromInput, constant = k.Constant;
        float* corner = z.Start, target = dz.Start, winner = winners.Start, gradient = dy.Start;
        for (int p = 0; p < pixels; p++)
        {
            for (int i = 0; i < channels * 16; i += L.Width)
            {
                int c = i / 16;
                V largest = L.Load(winner + i), k2 = L.Create(constant[c]), k3 = L.Create(fromInput[c]), zero = L.Create(0);
                V g = TActivation.Gradient(L.MultiplyAdd(largest, L.Create(scale[c]), L.Create(shift[c])), L.Load(gradient + i));
                g = L.Multiply(g, L.Create(fromGradient[c]));
                for (int row = 0; row < window.Height; row++)
                    for (int column = 0; column < window.Width; column++)
                    {
                        V x = L.Load(corner + row * window.Row + column * z.Step + i);
                        V share = L.WhereEqual(x, largest, g, zero);
                        g = L.WhereEqual(x, largest, zero, g);
                        L.Store(L.Add(L.MultiplyAdd(x, k3, k2), share), target + row * dzRow + column * dz.Step + i);
                    }
            }
            corner += window.Width * z.Step;
            target += window.Width * dz.Step;
            winner += winners.Step;
            gradient += dy.Step;
        }
    }
}
