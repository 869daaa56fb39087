using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Transposed convolution. Forward is the gradient of a convolution from the output back to the input (see <see cref="GradientPhase"/>);
/// the gradient of the input is that convolution of the output's gradient, and that of the weights its weight gradient.
/// </summary>
internal sealed unsafe class ConvTransposeLayer : TrainingLayer
{
    private readonly int index, blocks, filters, fanIn;
    private readonly ulong seed;
    private readonly KernelSet kernels;
    private readonly Conv back;
    private readonly ConvGeometry geometry;
    private readonly Parameter kernel;
    private readonly Parameter? bias;
    private readonly Region zeros, biasSums;
    private readonly FeatureMap input, output, outputGradient;
    private readonly FeatureMap? inputGradient;
    private readonly GradientPhase[] phases;
    private readonly TiledConvolution? backward;
    private readonly TiledWeightGradient weightGradient;

    public ConvTransposeLayer(
        PlanContext plan, int stage, int index, ConvTranspose layer, FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap outputGradient)
    {
        (this.index, blocks, filters, seed, kernels) = (index, plan.Blocks, layer.Filters, plan.Seed, plan.Kernels);
        (this.input, this.output, this.inputGradient, this.outputGradient) = (input, output, inputGradient, outputGradient);
        int channels = input.Shape.Channels, taps = layer.KernelHeight * layer.KernelWidth * filters;
        fanIn = Math.Max(1, layer.KernelHeight * layer.KernelWidth * channels / (layer.StrideHeight * layer.StrideWidth));
        back = layer.Back(channels);
        geometry = new ConvGeometry(back, output.Shape);
        kernel = plan.Parameters.Add(index, "kernel", channels * taps);
        bias = layer.Bias ? plan.Parameters.Add(index, "bias", filters) : null;
        int now = plan.Clock.Forward(stage), then = plan.Clock.Backward(stage);
        zeros = plan.Arena.Reserve(Math.Max(filters, channels));
        biasSums = plan.Arena.Reserve(filters * 16, then, then);
        phases = GradientPhase.All(plan, back, geometry, output, input, now);
        nint[] offsets =
        [
            .. from row in Enumerable.Range(0, layer.KernelHeight)
               from column in Enumerable.Range(0, layer.KernelWidth)
               select row * outputGradient.Row + column * outputGradient.Step,
        ];
        nint step = layer.StrideWidth * outputGradient.Step;
        if (inputGradient is not null)
            backward = new TiledConvolution(
                plan, channels, input.Shape.Width, offsets, filters, step, inputGradient.Step, [.. Enumerable.Range(0, taps)], taps, then, then);
        weightGradient = new TiledWeightGradient(plan, channels, offsets, filters, new WeightGradientPass
        {
            InputStep = step, InputRow = layer.StrideHeight * outputGradient.Row, GradientStep = input.Step, GradientRow = input.Row, Pixels = input.Shape.Width,
        }, then, then);
    }

    public override void Bind()
    {
        foreach (GradientPhase phase in phases) phase.Bind();
        backward?.Bind();
        weightGradient.Bind();
    }

    /// <summary>He et al. 2015, for as many inputs as meet in an output.</summary>
    public override void Initialise() => HeNormal.Fill(kernel, seed, index, fanIn);

    public override void Forward(long step)
    {
        foreach (GradientPhase phase in phases) phase.Pack(kernel.Values);
        float* start = bias is null ? zeros.Pointer : bias.Values;
        for (int block = 0; block < blocks; block++)
            for (int first = 0, t = 0; first < output.Shape.Height; first += back.StrideHeight, t++)
                foreach (GradientPhase phase in phases)
                    if (first + phase.Row < output.Shape.Height) phase.Line(block, t, start);
    }

    public override void Backward()
    {
        weightGradient.Clear();
        biasSums.Clear();
        backward?.Pack(kernel.Values);
        for (int block = 0; block < blocks; block++)
        {
            float* window = outputGradient.At(block, -geometry.Vertical.Before, -geometry.Horizontal.Before);
            weightGradient.Add(window, input.At(block, 0, 0), input.Shape.Height);
            for (int row = 0; row < input.Shape.Height; row++)
                backward?.Line(window + row * back.StrideHeight * outputGradient.Row, zeros.Pointer, inputGradient!.At(block, row, 0), null);
            for (int row = 0; bias is not null && row < output.Shape.Height; row++)
                kernels.AddSums(outputGradient.Line(block, row), output.Shape.Width, filters, biasSums.Pointer);
        }
        weightGradient.Finish(kernel.Gradients);
        if (bias is null) return;
        for (int c = 0; c < filters; c++) bias.Gradients[c] = LaneSum.Of(biasSums.Pointer + c * 16);
    }
}
