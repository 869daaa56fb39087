using System.Runtime.Intrinsics;

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
    private readonly bool sourcesFollow;
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
        sourcesFollow = sources.Zip(sources.Skip(1)).All(pair => pair.Second == pair.First + 1);
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
            float* from = weights + (nint)channel * channelStride;
            if (channelStride == 1) PackRows(from, to, height);
            else PackColumns(from, to, height);
            to += (nint)sources.Length * height;
            channel += height;
        }
    }

    /// <summary>Channels of a tap stand side by side.</summary>
    private void PackRows(float* from, float* to, int height)
    {
        foreach (int source in sources)
        {
            int c = 0;
            for (; c + 4 <= height; c += 4) Vector128.Load(from + source + c).Store(to + c);
            for (; c < height; c++) to[c] = from[source + c];
            to += height;
        }
    }

    /// <summary>Taps of a channel stand side by side, mostly: four by four are transposed where four follow each other.</summary>
    private void PackColumns(float* from, float* to, int height)
    {
        int i = 0;
        for (; sourcesFollow && i + 4 <= sources.Length; i += 4)
        {
            float* start = from + sources[i];
            int c = 0;
            for (; c + 4 <= height; c += 4) Interleave.Transpose(start + (nint)c * channelStride, channelStride, to + (nint)i * height + c, height);
            for (; c < height; c++)
                for (int j = 0; j < 4; j++) to[(nint)(i + j) * height + c] = start[(nint)c * channelStride + j];
        }
        for (; i < sources.Length; i++)
            for (int c = 0; c < height; c++) to[(nint)i * height + c] = from[sources[i] + (nint)c * channelStride];
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
