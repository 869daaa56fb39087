namespace TinyNas.Training;

/// <summary>
/// Weight gradients of a dense layer. Every weight is used once per sample, so with samples in the lanes the sums over lanes
/// would cost more than the products. The activations are transposed instead: 16 inputs to a vector, and the samples take
/// the part of a convolution's taps, added in their order.
/// </summary>
internal sealed unsafe class DenseWeightGradient
{
    private readonly int blocks, inputs, units, groups;
    private readonly Tiling tiling;
    private readonly ConvolutionKernel[,] kernels;
    private readonly Region transposed, scalars, products, zeros, offset;
    private ConvolutionTaps taps;

    public DenseWeightGradient(PlanContext plan, int inputs, int units, int moment)
    {
        (blocks, this.inputs, this.units, groups) = (plan.Blocks, inputs, units, (inputs + 15) / 16);
        tiling = Tiling.Choose(units, groups, plan.Kernels.Registers);
        kernels = new ConvolutionKernel[tiling.Heights.Length, tiling.Widths.Length];
        for (int i = 0; i < tiling.Heights.Length; i++)
            for (int j = 0; j < tiling.Widths.Length; j++) kernels[i, j] = plan.Kernels.Convolution(tiling.Heights[i], tiling.Widths[j]);
        int samples = blocks * 16;
        // [group of 16 inputs][sample][16], [tile of units][sample][unit], [group][unit][16].
        transposed = plan.Arena.Reserve((long)groups * samples * 16);
        scalars = plan.Arena.Reserve((long)units * samples, moment, moment);
        products = plan.Arena.Reserve((long)groups * units * 16, moment, moment);
        zeros = plan.Arena.Reserve(Tiling.Largest);
        offset = plan.Arena.ReserveOffsets(1);
        taps = new ConvolutionTaps { Runs = 1, RunLength = samples, InputStep = samples * 16, OutputStep = units * 16 };
    }

    public void Bind() => taps.Offsets = offset.FillOffsets([0]);

    /// <summary>gradients[unit][input] over the whole batch.</summary>
    public void Run(FeatureMap input, FeatureMap outputGradient, float* gradients)
    {
        for (int block = 0; block < blocks; block++) Transpose(input.At(block, 0, 0), block);
        float* weights = scalars.Pointer;
        int unit = 0;
        for (int i = 0; i < tiling.Heights.Length; i++)
        {
            Pack(outputGradient, unit, tiling.Heights[i], weights);
            int group = 0;
            for (int j = 0; j < tiling.Widths.Length; j++)
            {
                kernels[i, j].Run(
                    taps, transposed.Pointer + group * taps.InputStep, weights, zeros.Pointer,
                    products.Pointer + group * taps.OutputStep + unit * 16, null);
                group += tiling.Widths[j];
            }
            weights += tiling.Heights[i] * blocks * 16;
            unit += tiling.Heights[i];
        }
        Scatter(gradients);
    }

    /// <summary>Lanes past the last input keep the zeros that they began with.</summary>
    private void Transpose(float* from, int block)
    {
        for (int group = 0; group < groups; group++)
        {
            float* source = from + group * 256;
            float* target = transposed.Pointer + group * taps.InputStep + block * 256;
            int present = Math.Min(16, inputs - group * 16);
            if (present == 16)
            {
                Interleave.Run(source, 16, target, 16);
                continue;
            }
            for (int sample = 0; sample < 16; sample++)
                for (int i = 0; i < present; i++) target[sample * 16 + i] = source[i * 16 + sample];
        }
    }

    private void Pack(FeatureMap outputGradient, int unit, int height, float* weights)
    {
        for (int block = 0; block < blocks; block++)
        {
            float* gradient = outputGradient.At(block, 0, 0) + unit * 16;
            for (int sample = 0; sample < 16; sample++)
                for (int i = 0; i < height; i++) *weights++ = gradient[i * 16 + sample];
        }
    }

    private void Scatter(float* gradients)
    {
        for (int unit = 0; unit < units; unit++)
            for (int group = 0; group < groups; group++)
            {
                int present = Math.Min(16, inputs - group * 16);
                new Span<float>(products.Pointer + ((nint)group * units + unit) * 16, present)
                    .CopyTo(new Span<float>(gradients + (nint)unit * inputs + group * 16, present));
            }
    }
}
