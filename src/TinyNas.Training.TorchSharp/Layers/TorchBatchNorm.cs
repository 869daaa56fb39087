using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>
/// Batch normalisation that leaves the batch's moments behind: torch's running statistics with a momentum of 1 are those of the last
/// batch. <see cref="MovingStatistics"/> makes of them what our convention says.
/// </summary>
internal sealed class TorchBatchNorm(BatchNorm norm, Tensor gamma, Tensor beta, Tensor mean, Tensor variance) : TorchLayer
{
    public override Tensor Forward(Tensor[] inputs, long step) =>
        nn.functional.batch_norm(inputs[0], mean, variance, gamma, beta, training: true, momentum: 1, eps: norm.Epsilon);

    public override void Dispose()
    {
        mean.Dispose();
        variance.Dispose();
    }
}
