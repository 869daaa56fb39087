using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Trains on the CPU with SIMD kernels of its own: one thread per run, as many runs at once as there are cores. The same
/// network, options and samples give the same weights to the last bit with any width of SIMD.
/// </summary>
public sealed class ManagedTrainer : ITrainer
{
    private readonly KernelSet kernels;

    public ManagedTrainer() : this(KernelSet.Best) { }

    internal ManagedTrainer(KernelSet kernels) => this.kernels = kernels;

    public string Name => "Managed";

    /// <summary>Most bytes that a run may hold; by default all that the system, or the container, leaves this process.</summary>
    public long MemoryLimit { get; init; } = AvailableMemory;

    public static long AvailableMemory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Bytes that a run will hold from its beginning to its end; nothing is allocated to find out.</summary>
    /// <exception cref="TinyNasException">TNAS0002, as for <see cref="Begin(Network, TrainingOptions, ISampleSource)"/>.</exception>
    public long PlannedBytes(Network network, TrainingOptions options, ISampleSource samples)
    {
        using TrainingPlan plan = Lay(network, options, samples);
        return plan.Bytes + BatchLoader.BytesFor(samples, options.BatchSize);
    }

    /// <exception cref="TinyNasException">
    /// TNAS0002: the batch size is no multiple of 16, or the network has a layer that is not trained yet. TNAS0205: it would take more than <see cref="MemoryLimit"/>.
    /// </exception>
    public ITrainingRun Begin(Network network, TrainingOptions options, ISampleSource samples) => Begin(network, null, options, samples);

    /// <exception cref="TinyNasException">TNAS0002, as for <see cref="Begin(Network, TrainingOptions, ISampleSource)"/>.</exception>
    public ITrainingRun Continue(TrainedNetwork start, TrainingOptions options, ISampleSource samples) => Begin(start.Network, start, options, samples);

    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of another network, other options or other data.</exception>
    public ITrainingRun Resume(Network network, TrainingOptions options, ISampleSource samples, Stream checkpoint)
    {
        var run = (ManagedTrainingRun)Begin(network, options, samples);
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

    private ManagedTrainingRun Begin(Network network, TrainedNetwork? start, TrainingOptions options, ISampleSource samples)
    {
        TrainingPlan plan = Lay(network, options, samples);
        long bytes = plan.Bytes + BatchLoader.BytesFor(samples, options.BatchSize);
        if (bytes > MemoryLimit)
        {
            plan.Dispose();
            throw new TinyNasException(DiagnosticCatalogue.TrainingMemory, bytes, MemoryLimit) { Setting = "BatchSize" };
        }
        plan.Commit(start);
        plan.Transform = options.Transform?.Invoke(plan.Parameters) ?? (options.KeepZeros ? new ZeroMask() : null);
        return new ManagedTrainingRun(plan, network, options, samples);
    }

    private TrainingPlan Lay(Network network, TrainingOptions options, ISampleSource samples)
    {
        Check(network, options, samples);
        return new TrainingPlan(network, options, kernels);
    }

    /// <summary>What every trainer asks of its arguments.</summary>
    internal static void Check(Network network, TrainingOptions options, ISampleSource samples)
    {
        if (options.BatchSize < 16 || options.BatchSize % 16 != 0)
            throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "BatchSize", options.BatchSize, "a positive multiple of 16 is needed")
            {
                Setting = "BatchSize",
            };
        if (samples.Shape != network.Input)
            throw new ArgumentException($"The samples are {samples.Shape}, the network takes {network.Input}.", nameof(samples));
        if (samples.Count == 0) throw new ArgumentException("There are no samples.", nameof(samples));
        if (options.WarmUp is not (>= 0 and < 1) || options.LabelSmoothing is not (>= 0 and < 1))
            throw new ArgumentException("WarmUp and LabelSmoothing are shares from 0 to below 1.", nameof(options));
        if (options.ClassWeights.Length != 0 && options.ClassWeights.Length != samples.Classes)
            throw new ArgumentException($"{options.ClassWeights.Length} class weights for {samples.Classes} classes.", nameof(options));
        if (samples.IsMixed && options.Loss != LossKind.SoftmaxCrossEntropy)
            throw new ArgumentException("Mixed samples need cross-entropy.", nameof(options));
        if (options.Teacher is { } teacher && (options.Loss != LossKind.SoftmaxCrossEntropy || teacher.Network.Network.Input != network.Input
            || teacher.Network.Network.Shapes()[^1] != network.Shapes()[^1]))
            throw new ArgumentException("A teacher reads the same samples and scores the same classes, and needs cross-entropy.", nameof(options));
        Shape output = network.Shapes()[^1];
        bool fits = options.Loss switch
        {
            LossKind.Reconstruction => output == network.Input,
            LossKind.MeanSquaredError or LossKind.Huber => true,
            LossKind.BinaryCrossEntropy => output == new Shape(1, 1, samples.Classes) || output == new Shape(1, 1, 1) && samples.Classes == 2,
            _ => output == new Shape(1, 1, samples.Classes),
        };
        if (!fits)
            throw new ArgumentException($"The network's output is {output}, the samples have {samples.Classes} classes.", nameof(network));
    }
}
