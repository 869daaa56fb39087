using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// With s = Wx + Rh: z = σ(s + b'), n = tanh(s + b), h' = (ζ (1 - z) + ν) n + z h, where ζ and ν are sigmoids of two trained scalars.
/// Backward: dn = dh (ζ (1 - z) + ν), dz = dh (h - ζ n), ds = dn (1 - n²) + dz z (1 - z), dζ = Σ dh (1 - z) n, dν = Σ dh n.
/// </summary>
internal sealed unsafe class FastGrnnLayer : RecurrentLayer
{
    private readonly Parameter bias, gateBias, zeta, nu;
    private readonly Region sums;

    public FastGrnnLayer(
        PlanContext plan, int stage, int index, FastGrnn layer, FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap outputGradient)
        : base(plan, stage, index, layer, 1, input, output, inputGradient, outputGradient)
    {
        bias = plan.Parameters.Add(index, "bias", Units);
        gateBias = plan.Parameters.Add(index, "gateBias", Units);
        zeta = plan.Parameters.Add(index, "zeta", 1);
        nu = plan.Parameters.Add(index, "nu", 1);
        int then = plan.Clock.Backward(stage);
        // [bias, gate bias][unit][16], then ζ and ν.
        sums = plan.Arena.Reserve((2 * Units + 2) * 16, then, then);
    }

    /// <summary>The paper's: ζ near 1, ν near 0, and biases of 1.</summary>
    public override void Initialise()
    {
        base.Initialise();
        bias.Span.Fill(1);
        gateBias.Span.Fill(1);
        zeta.Span[0] = 1;
        nu.Span[0] = -4;
    }

    protected override void Cell(int column, int block, float* fromInput, float* fromState, float* before, float* after) =>
        Kernels.FastGrnnCell(fromInput, fromState, gateBias.Values, bias.Values, Zeta, Nu, before, after, Units);

    protected override void BeginBackward() => sums.Clear();

    protected override void CellBackward(
        int column, int block, float* fromInput, float* fromState, float* before, float* after, float* gradient, float* inputGradient, float* stateGradient)
    {
        Kernels.FastGrnnCellGradient(fromInput, fromState, Zeta, Nu, before, gradient, inputGradient, sums.Pointer, Units);
        new Span<float>(inputGradient, Units * 16).CopyTo(new Span<float>(stateGradient, Units * 16));
    }

    protected override void EndBackward()
    {
        for (int u = 0; u < Units; u++)
        {
            bias.Gradients[u] = LaneSum.Of(sums.Pointer + u * 16);
            gateBias.Gradients[u] = LaneSum.Of(sums.Pointer + (Units + u) * 16);
        }
        float* scalars = sums.Pointer + 2 * Units * 16;
        zeta.Gradients[0] = LaneSum.Of(scalars) * Zeta * (1 - Zeta);
        nu.Gradients[0] = LaneSum.Of(scalars + 16) * Nu * (1 - Nu);
    }

    private float Zeta => (float)DeterministicMath.Sigmoid(zeta.Values[0]);

    private float Nu => (float)DeterministicMath.Sigmoid(nu.Values[0]);
}
