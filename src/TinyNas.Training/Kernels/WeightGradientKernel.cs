using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>What is the same for every tile of a weight gradient. In floats.</summary>
internal struct WeightGradientPass
{
    public nint InputStep, InputRow, GradientStep, GradientRow;

    /// <summary>From the sums of one tap to those of the next.</summary>
    public nint TapStep;
    public int Rows, Pixels;
}

/// <summary>
/// Products of inputs and output gradients summed over pixels: taps × channels accumulators in registers, each still 16
/// lanes wide; the lanes are summed once per step. Sums go on from what is stored, so that maps are walked in tiles that stay in cache.
/// </summary>
internal abstract unsafe class WeightGradientKernel
{
    /// <param name="sums">[tap][channel][16], added to.</param>
    public abstract void Run(in WeightGradientPass pass, float* input, float* gradient, float* sums);
}

internal sealed unsafe class WeightGradientKernel<L, V, TRow, TTile> : WeightGradientKernel
    where L : struct, ILanes<V> where V : unmanaged
    where TRow : unmanaged, IRow<V, TRow> where TTile : unmanaged, ITile<V, TRow, TTile>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(in WeightGradientPass pass, float* input, float* gradient, float* sums)
    {
        nint inputStep = pass.InputStep, gradientStep = pass.GradientStep;
        for (int lane = 0; lane < 16; lane += L.Width)
        {
            TTile tile = TTile.Load(sums + lane, pass.TapStep, 16);
            for (int row = 0; row < pass.Rows; row++)
            {
                float* x = input + row * pass.InputRow + lane;
                float* g = gradient + row * pass.GradientRow + lane;
                float* end = g + pass.Pixels * gradientStep;
                do
                {
                    tile = TTile.AddProducts(x, TRow.Load(g, 16), tile);
                    x += inputStep;
                    g += gradientStep;
                }
                while (g < end);
            }
            TTile.Store(tile, sums + lane, pass.TapStep, 16);
        }
    }
}
