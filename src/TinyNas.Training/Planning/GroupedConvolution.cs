namespace TinyNas.Training;

/// <summary>A convolution in groups: one of its own for each group's channels, which stand side by side in every pixel.</summary>
/// <param name="weights">Weights of a group.</param>
/// <param name="inputs">Channels that a group reads.</param>
/// <param name="outputs">Channels that a group writes.</param>
internal sealed unsafe class GroupedConvolution(ILineConvolution[] groups, int weights, int inputs, int outputs) : ILineConvolution
{
    public void Bind()
    {
        foreach (ILineConvolution group in groups) group.Bind();
    }

    public void Pack(float* values)
    {
        for (int g = 0; g < groups.Length; g++) groups[g].Pack(values + (nint)g * weights);
    }

    public void Line(float* input, float* bias, float* output, float* moments)
    {
        for (int g = 0; g < groups.Length; g++)
            groups[g].Line(input + g * inputs * 16, bias + g * outputs, output + g * outputs * 16, moments == null ? null : moments + g * outputs * 32);
    }
}

/// <summary>Weight gradients group by group.</summary>
internal sealed unsafe class GroupedWeightGradient(IWeightGradient[] groups, int weights, int inputs, int outputs) : IWeightGradient
{
    public void Bind()
    {
        foreach (IWeightGradient group in groups) group.Bind();
    }

    public void Clear()
    {
        foreach (IWeightGradient group in groups) group.Clear();
    }

    public void Add(float* input, float* gradient, int rows)
    {
        for (int g = 0; g < groups.Length; g++) groups[g].Add(input + g * inputs * 16, gradient + g * outputs * 16, rows);
    }

    public void Finish(float* gradients)
    {
        for (int g = 0; g < groups.Length; g++) groups[g].Finish(gradients + (nint)g * weights);
    }
}
