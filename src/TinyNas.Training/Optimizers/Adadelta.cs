namespace TinyNas.Training;

/// <summary>Adadelta (Zeiler 2012). The libraries agree on the formula; PyTorch's defaults are rho 0.9, epsilon 1e-6 and a learning rate of 1.</summary>
public sealed record Adadelta(double Rho = 0.95, double Epsilon = 1e-7) : Optimizer
{
    public override double DefaultRate => 3;

    protected override FormattableString Numbers => $"{Rho:R} {Epsilon:R}";

    internal override int States => 2;

    internal override void Update(KernelSet kernels, in UpdateMemory memory, long step, double rate) =>
        kernels.Adadelta(memory, RootStep.Of(OptimizerConvention.Keras, Rho, Epsilon), (float)rate);
}
