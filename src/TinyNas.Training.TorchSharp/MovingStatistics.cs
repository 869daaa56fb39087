using TinyNas.Model;
using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>
/// Moving means and variances of all normalisations in one tensor: momentum min(Momentum, t / (t + 4)) in step t, variances
/// biased, where torch's running ones are not.
/// </summary>
internal sealed class MovingStatistics : IDisposable
{
    private readonly WeightTensors weights;
    private readonly Tensor batch, correction, momentum;

    public MovingStatistics(Network network, Shape[] shapes, WeightTensors weights, int batchSize, Device device)
    {
        this.weights = weights;
        int count = (int)weights.Statistics.NumberOfElements;
        var correct = new float[count];
        var most = new float[count];
        Array.Fill(correct, 1);
        for (int i = 0; i < network.Layers.Length; i++)
        {
            if (network.Layers[i] is not BatchNorm norm) continue;
            double values = (double)batchSize * shapes[i].Height * shapes[i].Width;
            correct.AsSpan(weights.StatisticOf(i, "variance"), shapes[i].Channels).Fill((float)((values - 1) / values));
            foreach (string name in (string[])["mean", "variance"]) most.AsSpan(weights.StatisticOf(i, name), shapes[i].Channels).Fill((float)norm.Momentum);
        }
        batch = zeros([count], float32, device);
        correction = zeros([count], float32, device);
        momentum = zeros([count], float32, device);
        correction.Fill(correct);
        momentum.Fill(most);
    }

    /// <summary>Where a normalisation leaves its batch's moments.</summary>
    public Tensor BatchOf(int layer, string name, int channels) => batch.narrow(0, weights.StatisticOf(layer, name), channels);

    /// <summary>To be called between forward and the next forward.</summary>
    public void Update(long step)
    {
        if (batch.NumberOfElements == 0) return;
        Tensor kept = momentum.clamp(0, step / (step + 4.0));
        Tensor change = batch.mul(correction).sub_(weights.Statistics);
        weights.Statistics.add_(change).sub_(change.mul_(kept));
    }

    public void Dispose()
    {
        batch.Dispose();
        correction.Dispose();
        momentum.Dispose();
    }
}
