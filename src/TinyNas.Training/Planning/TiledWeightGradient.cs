namespace TinyNas.Training;

/// <summary>A <see cref="WeightGradientKernel"/> per tile of (taps of a run × output channels), and the sums of a step.</summary>
internal sealed unsafe class TiledWeightGradient : IWeightGradient
{
    private readonly Tiling tiling;
    private readonly WeightGradientKernel[,] kernels;
    private readonly Region sums;
    private readonly nint[] offsets;
    private readonly int runLength, channels;
    private WeightGradientPass pass;

    public TiledWeightGradient(PlanContext plan, int channels, nint[] offsets, int runLength, WeightGradientPass pass, int first, int last)
    {
        tiling = Tiling.Choose(runLength, channels, plan.Kernels.Registers);
        kernels = new WeightGradientKernel[tiling.Heights.Length, tiling.Widths.Length];
        for (int i = 0; i < tiling.Heights.Length; i++)
            for (int j = 0; j < tiling.Widths.Length; j++) kernels[i, j] = plan.Kernels.WeightGradient(tiling.Heights[i], tiling.Widths[j]);
        (this.offsets, this.runLength, this.channels) = (offsets, runLength, channels);
        sums = plan.Arena.Reserve((long)offsets.Length * runLength * channels * 16, first, last);
        this.pass = pass with { TapStep = channels * 16 };
    }

    public void Bind() { }

    public void Clear() => sums.Clear();

    public void Add(float* input, float* gradient, int rows)
    {
        pass.Rows = rows;
        float* runSums = sums.Pointer;
        foreach (nint offset in offsets)
        {
            float* x = input + offset;
            for (int i = 0; i < tiling.Heights.Length; i++)
            {
                float* g = gradient;
                float* tileSums = runSums;
                for (int j = 0; j < tiling.Widths.Length; j++)
                {
                    kernels[i, j].Run(pass, x, g, tileSums);
                    g += tiling.Widths[j] * 16;
                    tileSums += tiling.Widths[j] * 16;
                }
                x += tiling.Heights[i] * 16;
                runSums += (nint)tiling.Heights[i] * channels * 16;
            }
        }
    }

    public void Finish(float* gradients)
    {
        int count = offsets.Length * runLength;
        float* from = sums.Pointer;
        for (int tap = 0; tap < count; tap++)
            for (int channel = 0; channel < channels; channel++, from += 16)
                gradients[channel * count + tap] = LaneSum.Of(from);
    }
}
