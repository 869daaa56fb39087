namespace TinyNas.Training;

/// <summary>Dense layer over the flattened input: a convolution whose pixels are the batch's blocks of 16 samples.</summary>
internal sealed unsafe class DenseLayer : TrainingLayer
{
    private readonly int index, blocks, units;
    private readonly ulong seed;
    private readonly KernelSet kernels;
    private readonly Parameter kernel;
    private readonly Parameter? bias;
    private readonly Region zeros, biasSums;
    private readonly FeatureMap input, flatInput, output, outputGradient;
    private readonly FeatureMap? inputGradient, flatGradient;
    private readonly TiledConvolution forward;
    private readonly TiledConvolution? backward;
    private readonly DenseWeightGradient weightGradient;
    private readonly KernelQuantiser? quantiser;

    public DenseLayer(
        PlanContext plan, int stage, int index, Dense dense,
        FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap outputGradient)
    {
        (this.index, blocks, units, seed, kernels) = (index, plan.Blocks, dense.Units, plan.Seed, plan.Kernels);
        (this.input, this.output, this.inputGradient, this.outputGradient) = (input, output, inputGradient, outputGradient);
        int inputs = input.Shape.Count;
        kernel = plan.Parameters.Add(index, "kernel", units * inputs);
        quantiser = dense.Grid is null ? null : new KernelQuantiser(plan, index, kernel, units, dense.Grid);
        bias = dense.Bias ? plan.Parameters.Add(index, "bias", units) : null;
        zeros = plan.Arena.Reserve(Math.Max(units, inputs));
        int now = plan.Clock.Forward(stage), then = plan.Clock.Backward(stage);
        // A convolution that reads the same map wants a halo or gaps; the product here is flat.
        flatInput = input.IsCompact ? input : new FeatureMap(plan.Arena, input.Shape, blocks, default, compact: true, now, then);
        biasSums = plan.Arena.Reserve(units * 16, then, then);
        forward = new TiledConvolution(
            plan, units, blocks, [0], inputs, flatInput.Block, output.Block, [.. Enumerable.Range(0, inputs)], inputs, now, now);
        if (inputGradient is not null)
        {
            // A convolution before wants a halo around its gradient; the product here is flat.
            flatGradient = inputGradient.IsCompact ? inputGradient
                : new FeatureMap(plan.Arena, input.Shape, blocks, default, compact: true, then, then);
            backward = new TiledConvolution(
                plan, inputs, blocks, [0], units, outputGradient.Block, flatGradient.Block,
                [.. Enumerable.Range(0, units).Select(unit => unit * inputs)], 1, then, then);
        }
        weightGradient = new DenseWeightGradient(plan, inputs, units, then);
    }

    public override void Bind()
    {
        forward.Bind();
        backward?.Bind();
        weightGradient.Bind();
    }

    /// <summary>He et al. 2015, as for convolutions.</summary>
    public override void Initialise() => HeNormal.Fill(kernel, seed, index, kernel.Count / units);

    public override void Forward(long step)
    {
        if (flatInput != input) FeatureMap.Copy(input, flatInput, blocks);
        forward.Pack(quantiser is null ? kernel.Values : quantiser.Integers());
        forward.Line(flatInput.At(0, 0, 0), bias is null ? zeros.Pointer : bias.Values, output.At(0, 0, 0), null);
    }

    public override void Backward()
    {
        weightGradient.Run(flatInput, outputGradient, kernel.Gradients);
        quantiser?.Return();
        if (bias is not null) BackwardBias();
        if (backward is null) return;
        backward.Pack(quantiser is null ? kernel.Values : quantiser.Reals);
        backward.Line(outputGradient.At(0, 0, 0), zeros.Pointer, flatGradient!.At(0, 0, 0), null);
        if (flatGradient != inputGradient) FeatureMap.Copy(flatGradient, inputGradient!, blocks);
    }

    private void BackwardBias()
    {
        biasSums.Clear();
        for (int block = 0; block < blocks; block++) kernels.AddSums(outputGradient.Line(block, 0), 1, units, biasSums.Pointer);
        for (int unit = 0; unit < units; unit++) bias!.Gradients[unit] = LaneSum.Of(biasSums.Pointer + unit * 16);
    }
}
