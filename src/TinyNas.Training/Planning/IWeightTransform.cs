namespace TinyNas.Training;

/// <summary>Stands between the weights that a run keeps and those that a step computes with: masks, learned thresholds.</summary>
internal interface IWeightTransform
{
    /// <summary>Before the forward pass: what is in the store becomes what the step uses.</summary>
    void Apply(ParameterStore parameters);

    /// <summary>After the backward pass: the kept weights come back, and the gradients become theirs.</summary>
    /// <param name="rate">Learning rate of the step.</param>
    void Return(ParameterStore parameters, double rate);
}
