namespace TinyNas.Training;

/// <summary>Dense layer over the flattened input: products of the weights with the batch's blocks of 16 samples.</summary>
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
    private readonly TiledProduct forward;
    private readonly TiledProduct? backward;
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
        forward = new TiledProduct(plan.Kernels, units, blocks, new ProductPass
        {
            ScalarRow = inputs, ScalarTerm = 1, VectorStep = flatInput.Block, VectorTerm = 16, OutputRow = 16, OutputStep = output.Block,
            Runs = 1, RunLength = inputs,
        });
        if (inputGradient is not null)
        {
            // A convolution before wants a halo around its gradient; the product here is flat.
            flatGradient = inputGradient.IsCompact ? inputGradient
                : new FeatureMap(plan.Arena, input.Shape, blocks, default, compact: true, then, then);
            backward = new TiledProduct(plan.Kernels, inputs, blocks, new ProductPass
            {
                ScalarRow = 1, ScalarTerm = inputs, VectorStep = outputGradient.Block, VectorTerm = 16, OutputRow = 16, OutputStep = flatGradient.Block,
                Runs = 1, RunLength = units,
            });
        }
        weightGradient = new DenseWeightGradient(plan, blocks, inputs, units, outputGradient.Block, then);
    }

    /// <summary>He et al. 2015, as for convolutions.</summary>
    public override void Initialise() => HeNormal.Fill(kernel, seed, index, kernel.Count / units);

    public override void Forward(long step)
    {
        if (flatInput != input) FeatureMap.Copy(input, flatInput, blocks);
        forward.Run(quantiser is null ? kernel.Values : quantiser.Integers(), flatInput.At(0, 0, 0), bias is null ? zeros.Pointer : bias.Values, output.At(0, 0, 0));
    }

    public override void Backward()
    {
        for (int block = 0; block < blocks; block++) weightGradient.Take(flatInput.At(block, 0, 0), block);
        weightGradient.Run(outputGradient.At(0, 0, 0), kernel.Gradients);
        quantiser?.Return();
        if (bias is not null) BackwardBias();
        if (backward is null) return;
        backward.Run(quantiser is null ? kernel.Values : quantiser.Reals, outputGradient.At(0, 0, 0), zeros.Pointer, flatGradient!.At(0, 0, 0));
        if (flatGradient != inputGradient) FeatureMap.Copy(flatGradient, inputGradient!, blocks);
    }

    private void BackwardBias()
    {
        biasSums.Clear();
        for (int block = 0; block < blocks; block++) kernels.AddSums(outputGradient.Line(block, 0), 1, units, biasSums.Pointer);
        for (int unit = 0; unit < units; unit++) bias!.Gradients[unit] = LaneSum.Of(biasSums.Pointer + unit * 16);
    }
}
