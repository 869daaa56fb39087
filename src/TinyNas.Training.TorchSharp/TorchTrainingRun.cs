using System.Globalization;
using TinyNas.Data;
using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

internal sealed class TorchTrainingRun : ITrainingRun
{
    private readonly Network network;
    private readonly TrainingOptions options;
    private readonly TorchNetwork translated;
    private readonly TorchUpdate update;
    private readonly TorchBatch batch;
    private readonly string identity;
    private Tensor? kept;
    private long step;

    public TorchTrainingRun(Network network, TrainedNetwork? start, TrainingOptions options, ISampleSource samples, Device device)
    {
        (this.network, this.options) = (network, options);
        identity = Checkpoint.Identity(network, options, samples.Count);
        translated = new TorchNetwork(network, start, options, device);
        update = new TorchUpdate(options.Optimizer, translated.Weights.Values);
        batch = new TorchBatch(samples, network.Shapes()[^1], options, device);
    }

    public int Epoch { get; private set; }

    public EpochResult RunEpoch(CancellationToken cancellation) => TorchFault.Guard(() =>
    {
        batch.BeginEpoch(Epoch);
        double sum = 0;
        for (int i = 0; i < batch.Steps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            double loss = Step(i);
            sum += loss;
            if (!double.IsFinite(loss))
                return new EpochResult(loss, (i + 1) * options.BatchSize,
                    string.Create(CultureInfo.InvariantCulture, $"the loss of step {i + 1} of epoch {Epoch + 1} is {loss}"));
        }
        Epoch++;
        return new EpochResult(sum / batch.Steps, batch.Steps * options.BatchSize);
    });

    public TrainedNetwork Snapshot() => TorchFault.Guard(() => translated.Weights.Snapshot(network, update.Average ?? translated.Weights.Values));

    public void Save(Stream checkpoint) => TorchCheckpoint.Write(checkpoint, Persistent, identity, Epoch, step);

    public void Restore(Stream checkpoint) => (Epoch, step) = TorchCheckpoint.Read(checkpoint, Persistent, identity);

    public void Dispose()
    {
        kept?.Dispose();
        batch.Dispose();
        update.Dispose();
        translated.Dispose();
    }

    private IEnumerable<Tensor> Persistent => [translated.Weights.Values, translated.Weights.Statistics, .. update.Persistent];

    private double Step(int number)
    {
        // Not before the first step: a resumed run has its weights only then.
        if (options.KeepZeros) kept ??= translated.Weights.NotZero();
        // Everything that a step makes is freed at its end: the collector would not know of the memory behind it.
        using var scope = NewDisposeScope();
        batch.Load(number);
        var (loss, gradients) = translated.ForwardBackward(batch, step);
        using (no_grad())
        {
            translated.Statistics.Update(step);
            update.Run(gradients, kept, step, RateSchedule.At(options, step, batch.Steps));
        }
        step++;
        return loss;
    }
}
