using System.Collections.Immutable;

namespace TinyNas.Training;

/// <summary>A linear stage's real weights with its batch normalisations in them: kernel [out, kh, kw, in/groups], bias [out].</summary>
internal sealed record FoldedLinear(double[] Kernel, double[] Bias);

/// <summary>
/// Folds batch normalisation, y = x·s + t with s = γ/√(σ² + ε) and t = β − μ·s, into the weights around it:
/// behind a stage w' = w·s, b' = b·s + t; before one w' = w·s per input channel, b' = b + Σ w·t.
/// </summary>
internal static class Folding
{
    public static ImmutableArray<InferenceStage> Stages(TrainedNetwork trained) =>
        InferenceStageBuilder.Build(trained.Network, layer => trained.Parameters[layer]["gamma"].All(g => g >= 0));

    public static FoldedLinear Fold(LinearStage stage, TrainedNetwork trained)
    {
        int filters = stage.Out.Channels, taps = stage.Taps;
        var kernel = new double[filters * taps];
        var bias = new double[filters];
        if (stage.Layer < 0) Array.Fill(kernel, 1);
        else
        {
            ImmutableDictionary<string, float[]> parameters = trained.Parameters[stage.Layer];
            Copy(parameters["kernel"], kernel);
            if (stage.Transposed) kernel = FiltersFirst(kernel, stage.In.Channels, filters);
            if (parameters.TryGetValue("bias", out float[]? trainedBias)) Copy(trainedBias, bias);
        }
        for (int i = stage.Before.Length - 1; i >= 0; i--) FoldBefore(stage, Affine(trained, stage.Before[i]), kernel, bias);
        foreach (int layer in stage.After) FoldAfter(taps, Affine(trained, layer), kernel, bias);
        return new FoldedLinear(kernel, bias);
    }

    private static void FoldBefore(LinearStage stage, (double[] Scale, double[] Shift) affine, double[] kernel, double[] bias)
    {
        int group = stage.KernelInput.Channels / stage.Geometry.Groups, filtersOfGroup = stage.Out.Channels / stage.Geometry.Groups;
        for (int i = 0; i < kernel.Length; i++)
        {
            int filter = i / stage.Taps;
            // A fully connected stage reads a flattened map, whose channels come round again at every position.
            int channel = (filter / filtersOfGroup * group + i % group) % stage.In.Channels;
            bias[filter] += kernel[i] * affine.Shift[channel];
            kernel[i] *= affine.Scale[channel];
        }
    }

    private static void FoldAfter(int taps, (double[] Scale, double[] Shift) affine, double[] kernel, double[] bias)
    {
        for (int i = 0; i < kernel.Length; i++) kernel[i] *= affine.Scale[i / taps];
        for (int f = 0; f < bias.Length; f++) bias[f] = bias[f] * affine.Scale[f] + affine.Shift[f];
    }

    private static (double[] Scale, double[] Shift) Affine(TrainedNetwork trained, int layer)
    {
        double epsilon = ((BatchNorm)trained.Network.Layers[layer]).Epsilon;
        ImmutableDictionary<string, float[]> parameters = trained.Parameters[layer];
        float[] gamma = parameters["gamma"], beta = parameters["beta"], mean = parameters["mean"], variance = parameters["variance"];
        var scale = new double[gamma.Length];
        var shift = new double[gamma.Length];
        for (int c = 0; c < gamma.Length; c++)
        {
            scale[c] = gamma[c] / Math.Sqrt(variance[c] + epsilon);
            shift[c] = beta[c] - mean[c] * scale[c];
        }
        return (scale, shift);
    }

    /// <summary>From [in, kh, kw, out] to [out, kh, kw, in].</summary>
    private static double[] FiltersFirst(double[] kernel, int inputs, int filters)
    {
        int taps = kernel.Length / (inputs * filters);
        return [.. from f in Enumerable.Range(0, filters) from t in Enumerable.Range(0, taps) from c in Enumerable.Range(0, inputs) select kernel[(c * taps + t) * filters + f]];
    }

    private static void Copy(float[] from, double[] to)
    {
        if (from.Length != to.Length) throw new ArgumentException($"{from.Length} parameters where the network has {to.Length}.");
        for (int i = 0; i < to.Length; i++) to[i] = from[i];
    }
}
