namespace TinyNas.Training;

/// <summary>
/// How gradients become steps. A step is: clip the gradients, apply the decay, move the weights, follow them with their
/// average. To add a method: derive a record, add its kernel to <see cref="KernelSet"/>, a name to <see cref="OptimizerText"/>
/// and its formula in double precision to the tests.
/// </summary>
public abstract record Optimizer
{
    public OptimizerConvention Convention { get; init; }

    /// <summary>0: none. How it acts is told by <see cref="DecaysWeights"/>.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Gradients are clipped to [-this, this] one by one; 0: not.</summary>
    public double ClipValue { get; init; }

    /// <summary>Gradients of all weights together are scaled to at most this Euclidean norm; 0: not.</summary>
    public double ClipNorm { get; init; }

    /// <summary>
    /// Decay of the exponential moving average of the weights, which snapshots are then taken of; 0: none. In step t it is
    /// min(this, (1 + t) / (10 + t)), so that a short training does not remember its initial weights.
    /// </summary>
    public double WeightAverage { get; init; }

    /// <summary>
    /// True: the weights shrink by rate × <see cref="WeightDecay"/> before each step (Loshchilov and Hutter 2019), what Keras
    /// does for every method. False: <see cref="WeightDecay"/> × weight is added to the gradient, as PyTorch does but for AdamW.
    /// </summary>
    public virtual bool DecaysWeights => Convention == OptimizerConvention.Keras;

    /// <summary>A learning rate for small networks, where none is given.</summary>
    public abstract double DefaultRate { get; }

    /// <summary>Invariant text of all numbers: part of keys.</summary>
    public sealed override string ToString() => FormattableString.Invariant(
        $"{GetType().Name}({Convention}, {FormattableString.Invariant(Numbers)}, decay={WeightDecay:R} {DecaysWeights}, clip={ClipValue:R} {ClipNorm:R}, average={WeightAverage:R})");

    /// <summary>The method's own numbers.</summary>
    protected abstract FormattableString Numbers { get; }

    /// <summary>Floats kept per weight, at most two.</summary>
    internal abstract int States { get; }

    internal virtual float InitialState => 0;

    /// <param name="step">1 for the first update.</param>
    internal abstract void Update(KernelSet kernels, in UpdateMemory memory, long step, double rate);
}
