namespace TinyNas.Training;

/// <summary>
/// Stochastic gradient descent with momentum, on request Nesterov's (Sutskever et al. 2013). Keras has the learning rate in the
/// velocity, PyTorch outside: the same while the rate is constant.
/// </summary>
public sealed record Sgd(double Momentum = 0, bool Nesterov = false) : Optimizer
{
    // A velocity comes to 1 / (1 - momentum) times the step.
    public override double DefaultRate => 0.3 * (1 - Momentum);

    protected override FormattableString Numbers => $"{Momentum:R} {Nesterov}";

    internal override int States => Momentum > 0 ? 1 : 0;

    internal override void Update(KernelSet kernels, in UpdateMemory memory, long step, double rate) =>
        kernels.Sgd(memory, VelocityStep.Of(Convention, Momentum, rate), Nesterov);
}
