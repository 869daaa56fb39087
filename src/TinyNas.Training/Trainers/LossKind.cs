namespace TinyNas.Training;

/// <summary>What training minimises. To add a loss: a class derived from <see cref="Loss"/>, a line in <see cref="Loss.Create"/>, and its formula in the tests.</summary>
public enum LossKind
{
    /// <summary>Of logits and one class per sample.</summary>
    SoftmaxCrossEntropy,

    /// <summary>Mean squared difference between output and input.</summary>
    Reconstruction,

    /// <summary>Mean squared difference between output and the samples' values.</summary>
    MeanSquaredError,

    /// <summary>Between output and the samples' values: half the square up to <see cref="TrainingOptions.HuberDelta"/>, a straight line beyond.</summary>
    Huber,

    /// <summary>Of one logit for class 1 against class 0, or of one logit per class, each yes or no.</summary>
    BinaryCrossEntropy,
}
