using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Adam (Kingma and Ba 2015). The defaults are Keras's.</summary>
public sealed record Adam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-7, AdamConvention Convention = AdamConvention.Keras)
{
    public static Adam Keras { get; } = new();

    public static Adam PyTorch { get; } = new(Epsilon: 1e-8, Convention: AdamConvention.PyTorch);

    /// <param name="step">1 for the first update.</param>
    internal AdamStep At(long step, double rate)
    {
        int t = (int)Math.Min(step, int.MaxValue);
        double mean = 1 - DeterministicMath.Pow(Beta1, t), deviation = Math.Sqrt(1 - DeterministicMath.Pow(Beta2, t));
        bool keras = Convention == AdamConvention.Keras;
        return new AdamStep
        {
            Fresh1 = (float)(1 - Beta1), Fresh2 = (float)(1 - Beta2), Epsilon = (float)Epsilon,
            Rate = (float)(keras ? rate * deviation / mean : rate / mean),
            DeviationScale = keras ? 1 : (float)(1 / deviation),
        };
    }
}

/// <summary>Whether epsilon is added to the deviation before its bias is corrected (Keras) or after (PyTorch).</summary>
public enum AdamConvention { Keras, PyTorch }
