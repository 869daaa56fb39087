using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>
/// <see cref="PooledNormaliseKernels{L, V, TActivation}"/> for windows of 2 × 2, which nearly all pools have. The same
/// operations in the same order, without the loops over the window.
/// </summary>
internal static unsafe class PairPoolKernels<L, V, TActivation>
    where L : struct, ILanes<V> where V : unmanaged where TActivation : struct, IActivation<L, V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Pixels z, nint zRow, Pixels y, Pixels winners, int pixels, int channels, float* scale, float* shift)
    {
        nint step = z.Step, yStep = y.Step, winnersStep = winners.Step;
        float* corner = z.Start, result = y.Start, winner = winners.Start;
        for (int p = 0; p < pixels; p++)
        {
            for (nint i = 0; i < channels * 16; i += L.Width)
            {
                float a = scale[i / 16];
                float* x = corner + i;
                V sign = L.Create(a < 0 ? -1f : 1f);
                V best = L.Max(
                    L.Max(L.Multiply(sign, L.Load(x)), L.Multiply(sign, L.Load(x + step))),
                    L.Max(L.Multiply(sign, L.Load(x + zRow)), L.Multiply(sign, L.Load(x + zRow + step))));
                best = L.Multiply(sign, best);
                L.Store(best, winner + i);
                L.Store(TActivation.Apply(L.MultiplyAdd(best, L.Create(a), L.Create(shift[i / 16]))), result + i);
            }
            corner += 2 * step;
            result += yStep;
            winner += winnersStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        Pixels z, nint zRow, Pixels winners, Pixels dy, Pixels dz, nint dzRow, int pixels, int channels, in NormaliseCoefficients k)
    {
        float* scale = k.Scale, shift = k.Shift, fromGradient = k.FromGradient, fromInput = k.FromInput, constant = k.Constant;
        float* corner = z.Start, target = dz.Start, winner = winners.Start, gradient = dy.Start;
        nint step = z.Step, targetStep = dz.Step, winnersStep = winners.Step, gradientStep = dy.Step;
        for (int p = 0; p < pixels; p++)
        {
            for (nint i = 0; i < channels * 16; i += L.Width)
            {
                nint c = i / 16;
                float* x = corner + i;
                float* to = target + i;
                V largest = L.Load(winner + i), k2 = L.Create(constant[c]), k3 = L.Create(fromInput[c]);
                V g = TActivation.Gradient(L.MultiplyAdd(largest, L.Create(scale[c]), L.Create(shift[c])), L.Load(gradient + i));
                g = L.Multiply(g, L.Create(fromGradient[c]));
                g = Give(L.Load(x), largest, g, k2, k3, to);
                g = Give(L.Load(x + step), largest, g, k2, k3, to + targetStep);
                g = Give(L.Load(x + zRow), largest, g, k2, k3, to + dzRow);
                Give(L.Load(x + zRow + step), largest, g, k2, k3, to + dzRow + targetStep);
            }
            corner += 2 * step;
            target += 2 * targetStep;
            winner += winnersStep;
            gradient += gradientStep;
        }
    }

    /// <summary>Writes one pixel's gradient; what is left of the window's for the pixels after it is the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Give(V x, V largest, V g, V k2, V k3, float* target)
    {
        V zero = L.Create(0);
        L.Store(L.Add(L.MultiplyAdd(x, k3, k2), L.WhereEqual(x, largest, g, zero)), target);
        return L.WhereEqual(x, largest, zero, g);
    }
}
