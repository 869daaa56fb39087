namespace TinyNas.Training;

/// <summary>
/// Adagrad (Duchi et al. 2011). Keras has epsilon inside the square root and begins with sums of 0.1, PyTorch outside and with 0.
/// </summary>
public sealed record Adagrad(double Epsilon = 1e-7) : Optimizer
{
    /// <summary>What sums of squares begin with; null: as the convention has it.</summary>
    public double? InitialSum { get; init; }

    public override double DefaultRate => 0.1;

    protected override FormattableString Numbers => $"{Epsilon:R} {InitialState:R}";

    internal override int States => 1;

    internal override float InitialState => (float)(InitialSum ?? (Convention == OptimizerConvention.Keras ? 0.1 : 0));

    internal override void Update(KernelSet kernels, in UpdateMemory memory, long step, double rate) =>
        kernels.Adagrad(memory, RootStep.Of(Convention, 0, Epsilon), (float)rate);
}
