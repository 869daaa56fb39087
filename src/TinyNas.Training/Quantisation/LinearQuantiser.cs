using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Integers of one linear stage: weights symmetric in [−127, 127], one scale per output channel of a convolution and one
/// for a whole fully connected stage, biases int32 at input scale × weight scale.
/// </summary>
internal static class LinearQuantiser
{
    /// <summary>Half of what an int32 accumulator holds is left to the sum of products.</summary>
    private const double LargestBias = 1 << 30;

    /// <summary>A channel with weights this much smaller than the layer's largest is below one step of the output.</summary>
    private const double LeastRelativeScale = 1.0 / (1 << 20);

    /// <param name="means">What the weights are multiplied with on average, to correct the bias with; null to leave it.</param>
    public static StageIntegers Quantise(LinearStage stage, FoldedLinear folded, float inputScale, Func<int, int, double>? means, int levels = 127)
    {
        int filters = stage.Out.Channels, taps = stage.Taps;
        float[] scales = Scales(stage, folded, inputScale, levels);
        var kernel = new sbyte[filters * taps];
        var bias = new int[filters];
        var biasScales = new float[filters];
        for (int f = 0; f < filters; f++)
        {
            double meanError = 0;
            for (int t = 0; t < taps; t++)
            {
                double weight = folded.Kernel[f * taps + t];
                var q = (sbyte)Math.Clamp(Math.Round(weight / scales[f], MidpointRounding.AwayFromZero), -levels, levels);
                // Depthwise kernels of .tflite files have their channels innermost.
                kernel[stage.Depthwise ? t * filters + f : f * taps + t] = q;
                if (means is not null) meanError += (q * (double)scales[f] - weight) * means(f, t);
            }
            double biasScale = (double)inputScale * scales[f];
            bias[f] = (int)Math.Clamp(Math.Round((folded.Bias[f] - meanError) / biasScale, MidpointRounding.AwayFromZero), int.MinValue, int.MaxValue);
            biasScales[f] = (float)biasScale;
        }
        return stage.FullyConnected
            ? new StageIntegers(kernel, Quantization.PerTensor(scales[0], 0), bias, Quantization.PerTensor(biasScales[0], 0))
            : new StageIntegers(kernel, Quantization.PerChannel([.. scales], stage.Depthwise ? 3 : 0), bias, Quantization.PerChannel([.. biasScales], 0));
    }

    /// <summary>
    /// Largest weight / 127 (with fewer levels, the scale of least squared error), but never so little that a bias would overflow: dead channels keep their bias that way.
    /// </summary>
    private static float[] Scales(LinearStage stage, FoldedLinear folded, float inputScale, int levels)
    {
        int filters = stage.Out.Channels, taps = stage.Taps;
        double largest = folded.Kernel.Max(Math.Abs);
        double floor = (largest > 0 ? largest / 127 : 1) * LeastRelativeScale;
        double Scale(double[] weights) => levels < 127 ? WeightScales.LeastError(weights, levels) : weights.Max(Math.Abs) / 127;
        double whole = stage.FullyConnected ? Scale(folded.Kernel) : 0;
        var scales = new float[filters];
        for (int f = 0; f < filters; f++)
        {
            double scale = stage.FullyConnected ? whole : Scale(folded.Kernel[(f * taps)..((f + 1) * taps)]);
            double forBias = Math.Abs(folded.Bias[f]) / (inputScale * LargestBias);
            scales[f] = (float)Math.Max(Math.Max(scale, forBias), floor);
        }
        if (stage.FullyConnected) Array.Fill(scales, scales.Max());
        return scales;
    }
}
