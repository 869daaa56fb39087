namespace TinyNas.Training;

/// <summary>
/// r, z = σ(Wx + Rh + b), n = tanh(Wx + b + r (Rh + b')), h' = (1 - z) n + z h. Backward: dn = dh (1 - z), dz = dh (h - n),
/// dr = dn' (Rh + b') with dn' = dn (1 - n²); the product with the state gets r dn' where that with the input gets dn'.
/// </summary>
internal sealed unsafe class GruLayer : RecurrentLayer
{
    private readonly Parameter bias, candidateBias;
    private readonly Region sums;

    public GruLayer(
        PlanContext plan, int stage, int index, Gru layer, FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap outputGradient)
        : base(plan, stage, index, layer, 3, input, output, inputGradient, outputGradient)
    {
        bias = plan.Parameters.Add(index, "bias", 3 * Units);
        candidateBias = plan.Parameters.Add(index, "candidateBias", Units);
        int then = plan.Clock.Backward(stage);
        sums = plan.Arena.Reserve(3 * Units * 16, then, then);
    }

    protected override void Cell(int column, int block, float* fromInput, float* fromState, float* before, float* after) =>
        Kernels.GruCell(fromInput, fromState, bias.Values, candidateBias.Values, before, after, Units);

    protected override void CellBackward(
        int column, int block, float* fromInput, float* fromState, float* before, float* after, float* gradient, float* inputGradient, float* stateGradient) =>
        Kernels.GruCellGradient(fromInput, fromState, before, gradient, inputGradient, stateGradient, Units);

    protected override void EndBackward()
    {
        SumRows(sums, bias, 0, ofState: false);
        SumRows(sums, candidateBias, 2 * Units, ofState: true);
    }
}
