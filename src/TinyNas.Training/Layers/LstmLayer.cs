namespace TinyNas.Training;

/// <summary>
/// c' = f c + i g, h' = o tanh c', with gates i, f, o = σ(·) and the candidate g = tanh(·) of the sums of products and biases.
/// Backward, with dc taking in dh o (1 - tanh² c'): di = dc g, df = dc c, dg = dc i, do = dh tanh c', each through its function; dc goes on as dc f.
/// </summary>
internal sealed unsafe class LstmLayer : RecurrentLayer
{
    private readonly Parameter bias;
    private readonly Region cells, cellGradient, sums;

    public LstmLayer(
        PlanContext plan, int stage, int index, Lstm layer, FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap outputGradient)
        : base(plan, stage, index, layer, 4, input, output, inputGradient, outputGradient)
    {
        bias = plan.Parameters.Add(index, "bias", 4 * Units);
        int now = plan.Clock.Forward(stage), then = plan.Clock.Backward(stage);
        cells = plan.Arena.Reserve((Columns + 1L) * Units * Blocks * 16, now, then);
        cellGradient = plan.Arena.Reserve((long)Units * Blocks * 16, then, then);
        sums = plan.Arena.Reserve(4 * Units * 16, then, then);
    }

    /// <summary>A forget gate that begins open (Jozefowicz et al. 2015).</summary>
    public override void Initialise()
    {
        base.Initialise();
        bias.Span.Slice(Units, Units).Fill(1);
    }

    protected override void Begin() => new Span<float>(cells.Pointer, Units * Blocks * 16).Clear();

    protected override void Cell(int column, int block, float* fromInput, float* fromState, float* before, float* after) =>
        Kernels.LstmCell(fromInput, fromState, bias.Values, At(cells, column, block, Units), At(cells, column + 1, block, Units), after, Units);

    protected override void BeginBackward() => cellGradient.Clear();

    protected override void CellBackward(
        int column, int block, float* fromInput, float* fromState, float* before, float* after, float* gradient, float* inputGradient, float* stateGradient)
    {
        Kernels.LstmCellGradient(
            fromInput, At(cells, column, block, Units), At(cells, column + 1, block, Units), gradient, cellGradient.Pointer + block * Units * 16, inputGradient, Units);
        new Span<float>(inputGradient, 4 * Units * 16).CopyTo(new Span<float>(stateGradient, 4 * Units * 16));
        new Span<float>(gradient, Units * 16).Clear();
    }

    protected override void EndBackward() => SumRows(sums, bias, 0, ofState: false);
}
