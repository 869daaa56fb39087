using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Adam (Kingma and Ba 2015). Keras adds epsilon to the deviation before its bias is corrected, PyTorch after. The defaults
/// are Keras's.
/// </summary>
public sealed record Adam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-7) : Optimizer
{
    public static Adam Keras { get; } = new();

    public static Adam PyTorch { get; } = new(Epsilon: 1e-8) { Convention = OptimizerConvention.PyTorch };

    /// <summary>AdamW (Loshchilov and Hutter 2019): weights decay on their own, by either convention.</summary>
    public bool Decoupled { get; init; }

    public override bool DecaysWeights => Decoupled || base.DecaysWeights;

    public override double DefaultRate => 3e-3;

    protected override FormattableString Numbers => $"{Beta1:R} {Beta2:R} {Epsilon:R}";

    internal override int States => 2;

    internal override void Update(KernelSet kernels, in UpdateMemory memory, long step, double rate) => kernels.Adam(memory, At(step, rate));

    /// <param name="step">1 for the first update.</param>
    internal AdamStep At(long step, double rate)
    {
        int t = (int)Math.Min(step, int.MaxValue);
        double mean = 1 - DeterministicMath.Pow(Beta1, t), deviation = Math.Sqrt(1 - DeterministicMath.Pow(Beta2, t));
        bool keras = Convention == OptimizerConvention.Keras;
        return new AdamStep
        {
            Fresh1 = (float)(1 - Beta1), Fresh2 = (float)(1 - Beta2), Epsilon = (float)Epsilon,
            Rate = (float)(keras ? rate * deviation / mean : rate / mean),
            DeviationScale = keras ? 1 : (float)(1 / deviation),
        };
    }
}
