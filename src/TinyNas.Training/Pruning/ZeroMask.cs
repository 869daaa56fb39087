namespace TinyNas.Training;

/// <summary>Weights that are zero when the first step begins stay zero, so that what was pruned is not trained back.</summary>
internal sealed unsafe class ZeroMask : IWeightTransform
{
    private float[]? mask;

    public void Apply(ParameterStore parameters)
    {
        // Not before the first step: a resumed run has its weights only then.
        mask ??= MaskOf(parameters);
    }

    public void Return(ParameterStore parameters, double rate)
    {
        float* gradients = parameters.Gradients.Pointer;
        for (int i = 0; i < mask!.Length; i++) gradients[i] *= mask[i];
    }

    private static float[] MaskOf(ParameterStore parameters)
    {
        var mask = new float[parameters.TrainedFloats];
        foreach (Parameter parameter in parameters.All)
        {
            if (!parameter.Trained) continue;
            // A bias begins as zero and is none of this.
            for (int i = 0; i < parameter.Count; i++) mask[parameter.Offset + i] = parameter.Name == "kernel" && parameter.Values[i] == 0 ? 0 : 1;
        }
        return mask;
    }
}
