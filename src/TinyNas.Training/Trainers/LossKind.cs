namespace TinyNas.Training;

/// <summary>What training minimises.</summary>
public enum LossKind
{
    SoftmaxCrossEntropy,
    /// <summary>Mean squared difference between output and input.</summary>
    Reconstruction,
}
