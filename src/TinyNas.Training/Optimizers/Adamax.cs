using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Adamax (Kingma and Ba 2015, §7.1): Adam with the largest gradient of late in the place of the deviation. Keras adds epsilon
/// to that maximum when dividing, PyTorch to the gradient's size.
/// </summary>
public sealed record Adamax(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-7) : Optimizer
{
    public override double DefaultRate => 6e-3;

    protected override FormattableString Numbers => $"{Beta1:R} {Beta2:R} {Epsilon:R}";

    internal override int States => 2;

    internal override void Update(KernelSet kernels, in UpdateMemory memory, long step, double rate) => kernels.Adamax(memory, At(step, rate));

    /// <param name="step">1 for the first update.</param>
    internal AdamaxStep At(long step, double rate)
    {
        bool keras = Convention == OptimizerConvention.Keras;
        return new AdamaxStep
        {
            Fresh1 = (float)(1 - Beta1), Beta2 = (float)Beta2,
            Rate = (float)(rate / (1 - DeterministicMath.Pow(Beta1, (int)Math.Min(step, int.MaxValue)))),
            OnGradient = keras ? 0 : (float)Epsilon, OnLargest = keras ? (float)Epsilon : 0,
        };
    }
}
