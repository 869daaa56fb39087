namespace TinyNas.Training;

/// <summary>
/// A <see cref="ConvolutionKernel"/> per tile of (output channels × pixels of one line), with its taps and packed weights.
/// Weights are packed anew each step: [tile of channels][tap][channel in the tile], so that the kernel reads them in order.
/// </summary>
internal sealed unsafe class TiledConvolution : ILineConvolution
{
    private readonly Tiling tiling;
    private readonly ConvolutionKernel[,] kernels;
    private readonly Region packed, offsetMemory;
    private readonly nint[] offsets;
    private readonly int[] sources;
    private readonly int channelStride;
    private ConvolutionTaps taps;

    /// <param name="offsets">Floats from the first pixel's position in the input to each run of taps.</param>
    /// <param name="sources">Per tap: index of its weight for channel 0; channel c is <paramref name="channelStride"/> × c further.</param>
    public TiledConvolution(
        PlanContext plan, int channels, int pixels, nint[] offsets, int runLength, nint inputStep, nint outputStep,
        int[] sources, int channelStride, int first, int last)
    {
        tiling = Tiling.Choose(channels, pixels, plan.Kernels.Registers);
        kernels = new ConvolutionKernel[tiling.Heights.Length, tiling.Widths.Length];
        for (int i = 0; i < tiling.Heights.Length; i++)
            for (int j = 0; j < tiling.Widths.Length; j++) kernels[i, j] = plan.Kernels.Convolution(tiling.Heights[i], tiling.Widths[j]);
        (this.offsets, this.sources, this.channelStride) = (offsets, sources, channelStride);
        packed = plan.Arena.Reserve((long)sources.Length * channels, first, last);
        offsetMemory = plan.Arena.ReserveOffsets(offsets.Length);
        taps = new ConvolutionTaps { Runs = offsets.Length, RunLength = runLength, InputStep = inputStep, OutputStep = outputStep };
    }

    public void Bind() => taps.Offsets = offsetMemory.FillOffsets(offsets);

    public void Pack(float* weights)
    {
        float* to = packed.Pointer;
        int channel = 0;
        foreach (int height in tiling.Heights)
        {
            foreach (int source in sources)
            {
                float* from = weights + source + channel * channelStride;
                for (int c = 0; c < height; c++) *to++ = from[c * channelStride];
            }
            channel += height;
        }
    }

    public void Line(float* input, float* bias, float* output, float* moments)
    {
        int pixel = 0;
        for (int j = 0; j < tiling.Widths.Length; j++)
        {
            float* x = input + pixel * taps.InputStep;
            float* y = output + pixel * taps.OutputStep;
            float* weights = packed.Pointer;
            int channel = 0;
            for (int i = 0; i < tiling.Heights.Length; i++)
            {
                kernels[i, j].Run(taps, x, weights, bias + channel, y + channel * 16, moments == null ? null : moments + channel * 32);
                weights += (nint)tiling.Heights[i] * sources.Length;
                channel += tiling.Heights[i];
            }
            pixel += tiling.Widths[j];
        }
    }
}
