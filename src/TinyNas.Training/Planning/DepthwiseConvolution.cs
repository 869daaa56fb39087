namespace TinyNas.Training;

/// <summary>Lines of a depthwise convolution, or of its gradient with respect to the input: the taps are listed one by one.</summary>
internal sealed unsafe class DepthwiseConvolution : ILineConvolution
{
    private readonly int[] widths, sources;
    private readonly int filterTaps;
    private readonly DepthwiseKernel[] kernels;
    private readonly Region packed, offsetMemory;
    private readonly nint[] offsets;
    private DepthwiseTaps taps;

    /// <param name="sources">Index of each tap in a filter of <paramref name="filterTaps"/>.</param>
    public DepthwiseConvolution(
        PlanContext plan, int channels, int pixels, nint[] offsets, nint inputStep, nint outputStep, int[] sources, int filterTaps, int moment)
    {
        widths = Tiling.Cut(pixels, Tiling.Largest);
        kernels = [.. widths.Select(plan.Kernels.Depthwise)];
        (this.offsets, this.sources, this.filterTaps) = (offsets, sources, filterTaps);
        packed = plan.Arena.Reserve((long)sources.Length * channels, moment, moment);
        offsetMemory = plan.Arena.ReserveOffsets(offsets.Length);
        taps = new DepthwiseTaps { Count = offsets.Length, Channels = channels, InputStep = inputStep, OutputStep = outputStep };
    }

    public void Bind() => taps.Offsets = offsetMemory.FillOffsets(offsets);

    public void Pack(float* weights)
    {
        float* to = packed.Pointer;
        for (int channel = 0; channel < taps.Channels; channel++)
            foreach (int source in sources) *to++ = weights[channel * filterTaps + source];
    }

    public void Line(float* input, float* bias, float* output, float* moments)
    {
        for (int i = 0; i < widths.Length; i++)
        {
            kernels[i].Convolve(taps, input, packed.Pointer, bias, output, moments);
            input += widths[i] * taps.InputStep;
            output += widths[i] * taps.OutputStep;
        }
    }
}
