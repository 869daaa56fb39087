using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Functions of each value, computed in double precision.</summary>
internal static class FloatFunctions
{
    public static void Run(Activation function, ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = (float)Of(function, x[i]);
    }

    public static void Softmax(int channels, ReadOnlySpan<float> x, Span<float> y)
    {
        for (int first = 0; first < x.Length; first += channels)
        {
            double largest = double.NegativeInfinity, sum = 0;
            for (int c = first; c < first + channels; c++) largest = Math.Max(largest, x[c]);
            for (int c = first; c < first + channels; c++) sum += DeterministicMath.Exp(x[c] - largest);
            for (int c = first; c < first + channels; c++) y[c] = (float)(DeterministicMath.Exp(x[c] - largest) / sum);
        }
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
