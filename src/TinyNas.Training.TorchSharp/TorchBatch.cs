using TinyNas.Data;
using TinyNas.Model;
using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>One batch, read by the same source in the same order as the managed trainer reads it, and brought to the device.</summary>
internal sealed class TorchBatch : IDisposable
{
    private readonly ISampleSource samples;
    private readonly TrainingOptions options;
    private readonly SampleOrder order;
    private readonly Tensor input, targets;
    private readonly Tensor? values;
    private readonly Tensor hostInput, hostTargets;
    private readonly Tensor? hostValues;

    public TorchBatch(ISampleSource samples, Shape output, TrainingOptions options, Device device)
    {
        (this.samples, this.options) = (samples, options);
        order = new SampleOrder(samples.Count, options.BatchSize, options.Seed);
        Shape shape = samples.Shape;
        long[] images = [options.BatchSize, shape.Height, shape.Width, shape.Channels], classes = [options.BatchSize, output.Channels];
        (hostInput, input) = (zeros(images, float32), zeros(images, float32, device));
        (hostTargets, targets) = (zeros(classes, float32), zeros(classes, float32, device));
        if (Loss.ReadsValues(options.Loss))
        {
            long[] wanted = [options.BatchSize, output.Height, output.Width, output.Channels];
            (hostValues, values) = (zeros(wanted, float32), zeros(wanted, float32, device));
        }
    }

    public int Steps => order.Steps;

    /// <summary>[samples, channels, height, width], a view of what lies there with the channels innermost.</summary>
    public Tensor Input => input.permute(0, 3, 1, 2);

    /// <summary>[samples, classes]: what each class counts in the loss.</summary>
    public Tensor Targets => targets;

    /// <summary>What the samples bring for a regression, like <see cref="Input"/>.</summary>
    public Tensor Values => values!.permute(0, 3, 1, 2);

    public void BeginEpoch(int number) => order.BeginEpoch(number);

    public void Load(int step)
    {
        int size = samples.Shape.Count;
        Span<float> images = hostInput.Floats();
        for (int i = 0; i < options.BatchSize; i++)
        {
            int index = order.SampleOf(step, i);
            samples.Read(index, order.Epoch, images.Slice(i * size, size));
            LoadTarget(index, i);
        }
        input.copy_(hostInput);
        targets.copy_(hostTargets);
        values?.copy_(hostValues!);
    }

    public void Dispose()
    {
        foreach (Tensor? tensor in (Tensor?[])[input, targets, values, hostInput, hostTargets, hostValues]) tensor?.Dispose();
    }

    private double WeightOf(int target) => options.ClassWeights.Length > 0 ? options.ClassWeights[target] : 1;

    private void LoadTarget(int index, int place)
    {
        if (hostValues is not null)
        {
            Span<float> all = hostValues.Floats();
            int size = all.Length / options.BatchSize;
            samples.ReadValues(index, all.Slice(place * size, size));
            return;
        }
        if (options.Loss == LossKind.Reconstruction) return;
        Span<float> targets = hostTargets.Floats();
        int classes = targets.Length / options.BatchSize, target = samples.Target(index);
        Span<float> row = targets.Slice(place * classes, classes);
        if (options.Loss == LossKind.BinaryCrossEntropy)
        {
            for (int c = 0; c < classes; c++) row[c] = target == (classes == 1 ? 1 : c) ? 1 : 0;
            return;
        }
        var (second, mixed) = samples.IsMixed ? samples.MixtureOf(index, order.Epoch) : (target, 0);
        double first = WeightOf(target) * (1 - mixed), other = WeightOf(second) * mixed, spread = (first + other) * options.LabelSmoothing / classes;
        for (int c = 0; c < classes; c++)
            row[c] = (float)(spread + (1 - options.LabelSmoothing) * ((c == target ? first : 0) + (c == second ? other : 0)));
    }
}
