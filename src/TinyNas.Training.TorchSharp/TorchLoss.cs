using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>The losses of <see cref="LossKind"/>, by the formulas of the managed trainer's classes of that name.</summary>
internal sealed class TorchLoss(TrainingOptions options)
{
    /// <param name="output">[samples, channels, height, width].</param>
    public Tensor Of(Tensor output, TorchBatch batch) => options.Loss switch
    {
        LossKind.SoftmaxCrossEntropy when options.Teacher is { } teacher => Taught(output.flatten(1), batch, teacher),
        LossKind.SoftmaxCrossEntropy => CrossEntropy(output.flatten(1), batch.Targets),
        LossKind.BinaryCrossEntropy => Binary(output.flatten(1), batch.Targets),
        LossKind.Reconstruction => Squares(output, batch.Input),
        LossKind.MeanSquaredError => Squares(output, batch.Values),
        LossKind.Huber => Huber(output.sub(batch.Values)),
        _ => throw new ArgumentOutOfRangeException(nameof(batch), options.Loss, null),
    };

    private Tensor CrossEntropy(Tensor logits, Tensor targets) => targets.mul(logits.log_softmax(1)).sum().div(-options.BatchSize);

    /// <summary>The targets' share, and the teacher's: T² times the divergence of the softened scores.</summary>
    private Tensor Taught(Tensor logits, TorchBatch batch, Teacher teacher)
    {
        Tensor wanted = batch.Taught.div(teacher.Temperature).log_softmax(1), given = logits.div(teacher.Temperature).log_softmax(1);
        Tensor divergence = wanted.exp().mul(wanted.sub(given)).sum().mul(teacher.Share * teacher.Temperature * teacher.Temperature / options.BatchSize);
        return CrossEntropy(logits, batch.Targets).mul(1 - teacher.Share).add(divergence);
    }

    private static Tensor Squares(Tensor output, Tensor wanted)
    {
        Tensor difference = output.sub(wanted);
        return difference.mul(difference).mean();
    }

    /// <summary>cut (d - cut / 2), the cut difference being constant where it is cut and the difference elsewhere.</summary>
    private Tensor Huber(Tensor difference)
    {
        Tensor cut = difference.clamp(-options.HuberDelta, options.HuberDelta);
        return cut.mul(difference.sub(cut.div(2))).mean();
    }

    private static Tensor Binary(Tensor z, Tensor y) =>
        z.clamp_min(0).sub(z.mul(y)).add(z.abs().neg().exp().log1p()).mean();
}
