using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>Per-channel coefficients of batch normalisation around one step.</summary>
internal unsafe struct NormaliseCoefficients
{
    /// <summary>Forward: y = Scale z + Shift.</summary>
    public float* Scale, Shift, Mean;

    /// <summary>Backward: dz = FromGradient g + FromInput z + Constant.</summary>
    public float* FromGradient, FromInput, Constant;
}

/// <summary>
/// Batch normalisation, activation and max-pooling in one pass over memory. Pixels are the outer loop and channels the
/// inner one, four pixels at a time so that coefficients and sums are loaded once for four: the order of the sums, pixel
/// after pixel, is not changed by that.
/// </summary>
internal static unsafe class NormaliseKernels<L, V, TActivation>
    where L : struct, ILanes<V> where V : unmanaged where TActivation : struct, IActivation<L, V>
{
    private const int Group = 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Pixels z, Pixels y, int pixels, int channels, float* scale, float* shift)
    {
        for (int first = 0; first < pixels; first += Group)
        {
            int count = Math.Min(Group, pixels - first);
            float* zs = z.Start + first * z.Step;
            float* ys = y.Start + first * y.Step;
            for (int c = 0; c < channels; c++)
            {
                V a = L.Create(scale[c]), b = L.Create(shift[c]);
                for (int lane = 0; lane < 16; lane += L.Width)
                {
                    float* from = zs + c * 16 + lane;
                    float* to = ys + c * 16 + lane;
                    for (int i = 0; i < count; i++, from += z.Step, to += y.Step)
                        L.Store(TActivation.Apply(L.MultiplyAdd(L.Load(from), a, b)), to);
                }
            }
        }
    }

    /// <summary>Sums of the gradient before the activation, and of its product with z - mean, per channel and lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GradientSums(Pixels z, Pixels dy, int pixels, int channels, in NormaliseCoefficients k, float* sums)
    {
        // Copied because a store to the sums might, for all the JIT knows, change what k refers to.
        float* scale = k.Scale, shift = k.Shift, means = k.Mean;
        for (int first = 0; first < pixels; first += Group)
        {
            int count = Math.Min(Group, pixels - first);
            float* zs = z.Start + first * z.Step;
            float* ds = dy.Start + first * dy.Step;
            for (int c = 0; c < channels; c++)
            {
                V a = L.Create(scale[c]), b = L.Create(shift[c]), mean = L.Create(means[c]);
                for (int lane = 0; lane < 16; lane += L.Width)
                {
                    float* from = zs + c * 16 + lane;
                    float* gradient = ds + c * 16 + lane;
                    float* s = sums + c * 32 + lane;
                    V plain = L.Load(s), centred = L.Load(s + 16);
                    for (int i = 0; i < count; i++, from += z.Step, gradient += dy.Step)
                    {
                        V x = L.Load(from), g = TActivation.Gradient(L.MultiplyAdd(x, a, b), L.Load(gradient));
                        plain = L.Add(plain, g);
                        centred = L.MultiplyAdd(g, L.Subtract(x, mean), centred);
                    }
                    L.Store(plain, s);
                    L.Store(centred, s + 16);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(Pixels z, Pixels dy, Pixels dz, int pixels, int channels, in NormaliseCoefficients k)
    {
        float* scale = k.Scale, shift = k.Shift, fromGradient = k.FromGradient, fromInput = k.FromInput, constant = k.Constant;
        for (int first = 0; first < pixels; first += Group)
        {
            int count = Math.Min(Group, pixels - first);
            float* zs = z.Start + first * z.Step;
            float* ds = dy.Start + first * dy.Step;
            float* os = dz.Start + first * dz.Step;
            for (int c = 0; c < channels; c++)
            {
                V a = L.Create(scale[c]), b = L.Create(shift[c]);
                V k1 = L.Create(fromGradient[c]), k2 = L.Create(constant[c]), k3 = L.Create(fromInput[c]);
                for (int lane = 0; lane < 16; lane += L.Width)
                {
                    float* from = zs + c * 16 + lane;
                    float* gradient = ds + c * 16 + lane;
                    float* to = os + c * 16 + lane;
                    for (int i = 0; i < count; i++, from += z.Step, gradient += dy.Step, to += dz.Step)
                    {
                        V x = L.Load(from), g = TActivation.Gradient(L.MultiplyAdd(x, a, b), L.Load(gradient));
                        L.Store(L.MultiplyAdd(g, k1, L.MultiplyAdd(x, k3, k2)), to);
                    }
                }
            }
        }
    }
}
