using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>What is the same for every tile of a convolution: where a tap's input stands relative to the output pixel's. In floats.</summary>
internal unsafe struct ConvolutionTaps
{
    /// <summary>Taps come in runs of <see cref="RunLength"/> channel vectors that stand one after the other; run i begins at Offsets[i].</summary>
    public nint* Offsets;
    public int Runs;
    public int RunLength;

    /// <summary>From the input of one output pixel to that of the next; from one output pixel to the next.</summary>
    public nint InputStep, OutputStep;
}

/// <summary>
/// The one kernel behind convolutions of any size, stride and dilation, dense layers and the gradients of both with
/// respect to their inputs: channels × pixels accumulators in registers, one pass over the taps.
/// </summary>
internal abstract unsafe class ConvolutionKernel
{
    /// <param name="weights">[tap][channel of the tile].</param>
    /// <param name="bias">One per channel of the tile.</param>
    /// <param name="moments">[channel][sum, sum of squares][16], added to; null where nobody asks.</param>
    public abstract void Run(in ConvolutionTaps taps, float* input, float* weights, float* bias, float* output, float* moments);
}

internal sealed unsafe class ConvolutionKernel<L, V, TRow, TTile> : ConvolutionKernel
    where L : struct, ILanes<V> where V : unmanaged
    where TRow : unmanaged, IRow<V, TRow> where TTile : unmanaged, ITile<V, TRow, TTile>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(in ConvolutionTaps taps, float* input, float* weights, float* bias, float* output, float* moments)
    {
        nint* offsets = taps.Offsets;
        nint inputStep = taps.InputStep, outputStep = taps.OutputStep, length = (nint)taps.RunLength * 16;
        int runs = taps.Runs;
        for (int lane = 0; lane < 16; lane += L.Width)
        {
            TTile tile = TTile.Fill(bias);
            float* w = weights;
            for (int r = 0; r < runs; r++)
            {
                float* x = input + offsets[r] + lane;
                float* end = x + length;
                do
                {
                    tile = TTile.AddScaled(w, 1, TRow.Load(x, inputStep), tile);
                    x += 16;
                    w += TTile.Height;
                }
                while (x < end);
            }
            TTile.Store(tile, output + lane, 16, outputStep);
            if (moments != null) TTile.AddMoments(tile, moments + lane);
        }
    }
}
