namespace TinyNas.Training;

/// <summary>
/// RMSProp (Tieleman and Hinton 2012), on request with momentum. Keras has epsilon inside the square root and the learning rate in the
/// momentum, PyTorch both outside.
/// </summary>
public sealed record RmsProp(double Rho = 0.9, double Momentum = 0, double Epsilon = 1e-7) : Optimizer
{
    public static RmsProp PyTorch { get; } = new(0.99, Epsilon: 1e-8) { Convention = OptimizerConvention.PyTorch };

    public override double DefaultRate => 3e-3;

    protected override FormattableString Numbers => $"{Rho:R} {Momentum:R} {Epsilon:R}";

    internal override int States => Momentum > 0 ? 2 : 1;

    internal override void Update(KernelSet kernels, in UpdateMemory memory, long step, double rate) =>
        kernels.RmsProp(memory, RootStep.Of(Convention, Rho, Epsilon), VelocityStep.Of(Convention, Momentum, rate));
}
