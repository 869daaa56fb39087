using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Functions of each value, computed in double precision.</summary>
internal static class FloatFunctions
{
    public static void Run(Activation function, ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = (float)Of(function, x[i]);
    }

    private static double Of(Activation function, double x) => function switch
    {
        LeakyRelu leaky => x > 0 ? x : leaky.Slope * x,
        HardSwish => x * Math.Clamp(x + 3, 0, 6) / 6,
        Sigmoid => DeterministicMath.Sigmoid(x),
        Tanh => DeterministicMath.Tanh(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, null),
    };
}
