using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>Where the taps of a depthwise convolution stand relative to the first pixel's position. In floats.</summary>
internal unsafe struct DepthwiseTaps
{
    public nint* Offsets;
    public int Count, Channels;
    public nint InputStep, OutputStep;
}

/// <summary>
/// Convolution of each channel with its own taps, and the gradients of it: a row of pixels per channel is in registers. One
/// load per multiply-add; memory, not arithmetic, bounds these layers.
/// </summary>
internal abstract unsafe class DepthwiseKernel
{
    /// <param name="weights">[channel][tap].</param>
    /// <param name="moments">[channel][sum, sum of squares][16], added to; null where nobody asks.</param>
    public abstract void Convolve(in DepthwiseTaps taps, float* input, float* weights, float* bias, float* output, float* moments);

    /// <summary>Adds the products of inputs and output gradients to <paramref name="sums"/>: [channel][tap][16].</summary>
    public abstract void AddWeightGradients(in DepthwiseTaps taps, float* input, float* gradient, nint gradientStep, float* sums);
}

internal sealed unsafe class DepthwiseKernel<L, V, TRow> : DepthwiseKernel
    where L : struct, ILanes<V> where V : unmanaged where TRow : unmanaged, IRow<V, TRow>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Convolve(in DepthwiseTaps taps, float* input, float* weights, float* bias, float* output, float* moments)
    {
        nint* offsets = taps.Offsets;
        nint inputStep = taps.InputStep, outputStep = taps.OutputStep;
        int count = taps.Count, channels = taps.Channels;
        for (int c = 0; c < channels; c++, weights += count)
            for (int lane = 0; lane < 16; lane += L.Width)
            {
                float* x = input + c * 16 + lane;
                TRow row = TRow.Fill(L.Create(bias[c]));
                for (int tap = 0; tap < count; tap++)
                    row = TRow.MultiplyAdd(L.Create(weights[tap]), TRow.Load(x + offsets[tap], inputStep), row);
                TRow.Store(row, output + c * 16 + lane, outputStep);
                if (moments != null) Moments<L, V, TRow>.Add(row, moments + c * 32 + lane);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddWeightGradients(in DepthwiseTaps taps, float* input, float* gradient, nint gradientStep, float* sums)
    {
        nint* offsets = taps.Offsets;
        nint inputStep = taps.InputStep;
        int count = taps.Count, channels = taps.Channels;
        for (int c = 0; c < channels; c++, sums += count * 16)
            for (int lane = 0; lane < 16; lane += L.Width)
            {
                float* x = input + c * 16 + lane;
                TRow row = TRow.Load(gradient + c * 16 + lane, gradientStep);
                for (int tap = 0; tap < count; tap++)
                {
                    float* sum = sums + tap * 16 + lane;
                    L.Store(TRow.AddProductsTo(L.Load(sum), TRow.Load(x + offsets[tap], inputStep), row), sum);
                }
            }
    }
}
