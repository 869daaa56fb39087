using TinyNas.Data;
using TinyNas.Model;
using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>
/// Trains with libtorch, from the same weights, on the same batches and by the same formulas as <see cref="ManagedTrainer"/>. On a CPU a
/// run is one thread, and the same machine with the same libtorch gives the same weights again; nothing is promised across machines,
/// versions of libtorch, or on a GPU.
/// </summary>
public sealed class TorchSharpTrainer : ITrainer
{
    private readonly Device device;

    internal TorchSharpTrainer(Device device) => this.device = device;

    public string Name => "TorchSharp";

    /// <exception cref="TinyNasException">TNAS0002: a layer that is not trained here; TNAS0514: the device's memory is too small.</exception>
    public ITrainingRun Begin(Network network, TrainingOptions options, ISampleSource samples) => Begin(network, null, options, samples);

    /// <exception cref="TinyNasException">TNAS0002, TNAS0514, as for <see cref="Begin(Network, TrainingOptions, ISampleSource)"/>.</exception>
    public ITrainingRun Continue(TrainedNetwork start, TrainingOptions options, ISampleSource samples) =>
        // What stands between weights and steps is written for the managed trainer's memory; such runs are short.
        options.Transform is null ? Begin(start.Network, start, options, samples) : new ManagedTrainer().Continue(start, options, samples);

    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of another network, other options, other data or another trainer.</exception>
    public ITrainingRun Resume(Network network, TrainingOptions options, ISampleSource samples, Stream checkpoint)
    {
        TorchTrainingRun run = Begin(network, null, options, samples);
        try
        {
            run.Restore(checkpoint);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    private TorchTrainingRun Begin(Network network, TrainedNetwork? start, TrainingOptions options, ISampleSource samples)
    {
        ManagedTrainer.Check(network, options, samples);
        return TorchFault.Guard(() => new TorchTrainingRun(network, start, options, samples, device));
    }
}
