namespace TinyNas.Training;

/// <summary>What a step minimises. Writes the gradient of the network's output.</summary>
internal abstract class Loss
{
    /// <param name="values">Where the samples' values are loaded to, for the losses that compare with those.</param>
    public static Loss Create(PlanContext plan, TrainingOptions options, FeatureMap input, FeatureMap? values, FeatureMap output, FeatureMap gradient) => options.Loss switch
    {
        LossKind.SoftmaxCrossEntropy when options.Teacher is { } teacher =>
            new DistillationLoss(plan, new SoftmaxCrossEntropy(plan, output, gradient, options), values!, output, gradient, teacher),
        LossKind.SoftmaxCrossEntropy => new SoftmaxCrossEntropy(plan, output, gradient, options),
        LossKind.Reconstruction => new SquaredErrorLoss(plan, input, output, gradient),
        LossKind.MeanSquaredError => new SquaredErrorLoss(plan, values!, output, gradient),
        LossKind.Huber => new HuberLoss(plan, values!, output, gradient, options.HuberDelta),
        LossKind.BinaryCrossEntropy => new BinaryCrossEntropy(plan, output, gradient),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Loss, null),
    };

    /// <summary>Whether a loss compares with values that the samples bring, or a teacher gives.</summary>
    public static bool ReadsValues(TrainingOptions options) => options.Loss is LossKind.MeanSquaredError or LossKind.Huber || options.Teacher is not null;

    /// <summary>What samples are mixed with, for a loss that knows classes; null: nothing.</summary>
    public TargetMixture? Mixture { get; set; }

    /// <param name="targets">Class of each sample, where the loss knows classes.</param>
    /// <returns>The loss; not a number or infinite where the network has diverged.</returns>
    public abstract double Forward(ReadOnlySpan<int> targets);
}
