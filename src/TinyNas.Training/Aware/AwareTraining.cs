using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Quantisation-aware training: tunes a trained network on the very integers that its int8 graph will compute, scales included. Begins where
/// calibration ends. The forward pass is the graph's arithmetic, operator by operator, so nothing is converted afterwards.
/// </summary>
/// <remarks>
/// Sums of products are float32, which is exact below 2^24 = 16.8 million; int8 networks of the size meant here stay far below it, and a test
/// compares every tensor with the interpreter's.
/// </remarks>
public sealed class AwareTraining : IDisposable
{
    private readonly AwareNetwork network;
    private readonly ManagedTrainingRun run;

    private AwareTraining(AwareNetwork network, ManagedTrainingRun run) => (this.network, this.run) = (network, run);

    public int Epoch => run.Epoch;

    internal AwareNetwork Network => network;

    internal TrainingPlan Plan => run.Plan;

    /// <param name="calibration">Samples without augmentation, from which the scales begin.</param>
    /// <exception cref="TinyNasException">TNAS0303: an operator that is not trained on integers.</exception>
    public static AwareTraining Begin(
        TrainedNetwork trained, InputEncoding encoding, ISampleSource calibration, ISampleSource samples, TrainingOptions options, QuantisationOptions quantisation) =>
        Begin(trained, encoding, calibration, samples, options, quantisation, KernelSet.Best);

    internal static AwareTraining Begin(
        TrainedNetwork trained, InputEncoding encoding, ISampleSource calibration, ISampleSource samples, TrainingOptions options,
        QuantisationOptions quantisation, KernelSet kernels)
    {
        FloatNetwork floats = Quantiser.Prepare(trained, quantisation).Network;
        var network = new AwareNetwork(floats, encoding, Calibration.Run(floats, encoding, calibration, quantisation), quantisation);
        var plan = new TrainingPlan(network.Start.Network, options, kernels);
        plan.Commit(network.Start);
        return new AwareTraining(network, new ManagedTrainingRun(plan, network.Start.Network, options, samples));
    }

    /// <summary>Trains one epoch.</summary>
    public EpochResult RunEpoch(CancellationToken cancellation) => run.RunEpoch(cancellation);

    /// <summary>The int8 graph of the weights and scales as they are now.</summary>
    public Graph Snapshot()
    {
        run.Refresh();
        return network.Lower();
    }

    public void Dispose() => run.Dispose();
}
