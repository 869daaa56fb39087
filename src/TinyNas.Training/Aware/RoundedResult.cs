namespace TinyNas.Training;

/// <summary>
/// The learned scale of a layer without weights and its gradient: the layer leaves in <see cref="Exact"/> what it would give without rounding,
/// in steps of its output.
/// </summary>
internal sealed unsafe class RoundedResult
{
    private readonly PlanContext plan;
    private readonly OutputGrid grid;
    private readonly FeatureMap output;
    private readonly Parameter threshold;
    private readonly Region coefficients, sums;

    public RoundedResult(PlanContext plan, int stage, int index, OutputGrid grid, FeatureMap output)
    {
        (this.plan, this.grid, this.output) = (plan, grid, output);
        threshold = plan.Parameters.Add(index, "scale", 1);
        coefficients = plan.Arena.Reserve(2 * output.Shape.Channels);
        int then = plan.Clock.Backward(stage);
        sums = plan.Arena.Reserve(output.Shape.Channels * 32, then, then);
        Exact = new FeatureMap(plan.Arena, output.Shape, plan.Blocks, default, compact: true, plan.Clock.Forward(stage), then);
    }

    public FeatureMap Exact { get; }

    /// <summary>Offsets 0 and factors 1.</summary>
    public void Bind() => new Span<float>(coefficients.Pointer + output.Shape.Channels, output.Shape.Channels).Fill(1);

    public void Update(double least) => grid.Update(threshold.Values[0], least);

    public void Gradient(FeatureMap outputGradient, FeatureMap inputGradient)
    {
        int channels = output.Shape.Channels;
        sums.Clear();
        ClipRange range = grid.Clip();
        for (int block = 0; block < plan.Blocks; block++)
            for (int row = 0; row < output.Shape.Height; row++)
                plan.Kernels.RequantiseGradient(
                    Exact.Line(block, row), output.Line(block, row), outputGradient.Line(block, row), inputGradient.Line(block, row),
                    output.Shape.Width, channels, coefficients.Pointer, coefficients.Pointer + channels, range, sums.Pointer);
        double byScale = 0;
        for (int c = 0; c < channels; c++) byScale += LaneSum.Precise(sums.Pointer + c * 32 + 16);
        threshold.Gradients[0] = LearnedScale.Gradient(byScale * grid.Grid.Scale);
    }
}
