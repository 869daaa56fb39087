namespace TinyNas.Training;

/// <summary>Weight gradients of a depthwise convolution.</summary>
internal sealed unsafe class DepthwiseWeightGradient : IWeightGradient
{
    private readonly int[] widths;
    private readonly DepthwiseKernel[] kernels;
    private readonly Region sums, offsetMemory;
    private readonly nint[] offsets;
    private readonly WeightGradientPass pass;
    private DepthwiseTaps taps;

    public DepthwiseWeightGradient(PlanContext plan, int channels, nint[] offsets, WeightGradientPass pass, int moment)
    {
        widths = Tiling.Cut(pass.Pixels, Tiling.Largest);
        kernels = [.. widths.Select(plan.Kernels.Depthwise)];
        (this.offsets, this.pass) = (offsets, pass);
        sums = plan.Arena.Reserve((long)offsets.Length * channels * 16, moment, moment);
        offsetMemory = plan.Arena.ReserveOffsets(offsets.Length);
        taps = new DepthwiseTaps { Count = offsets.Length, Channels = channels, InputStep = pass.InputStep };
    }

    public void Bind() => taps.Offsets = offsetMemory.FillOffsets(offsets);

    public void Clear() => sums.Clear();

    public void Add(float* input, float* gradient, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            float* x = input + row * pass.InputRow;
            float* g = gradient + row * pass.GradientRow;
            for (int i = 0; i < widths.Length; i++)
            {
                kernels[i].AddWeightGradients(taps, x, g, pass.GradientStep, sums.Pointer);
                x += widths[i] * pass.InputStep;
                g += widths[i] * pass.GradientStep;
            }
        }
    }

    public void Finish(float* gradients)
    {
        for (int i = 0; i < taps.Channels * taps.Count; i++) gradients[i] = LaneSum.Of(sums.Pointer + i * 16);
    }
}
