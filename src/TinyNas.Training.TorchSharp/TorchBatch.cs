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
    private readonly FloatNetwork? teacher;
    private readonly Tensor? taught, hostTaught;

    public TorchBatch(ISampleSource samples, Shape output, TrainingOptions options, Device device)
    {
        (this.samples, this.options) = (samples, options);
        order = new SampleOrder(samples.Count, options.BatchSize, options.Seed);
        Shape shape = samples.Shape;
        long[] images = [options.BatchSize, shape.Height, shape.Width, shape.Channels], classes = [options.BatchSize, output.Channels];
        (hostInput, input) = (zeros(images, float32), zeros(images, float32, device));
        (hostTargets, targets) = (zeros(classes, float32), zeros(classes, float32, device));
        if (options.Loss is LossKind.MeanSquaredError or LossKind.Huber)
        {
            long[] wanted = [options.BatchSize, output.Height, output.Width, output.Channels];
            (hostValues, values) = (zeros(wanted, float32), zeros(wanted, float32, device));
        }
        if (options.Teacher is null) return;
        teacher = new FloatNetwork(options.Teacher.Network);
        (hostTaught, taught) = (zeros(classes, float32), zeros(classes, float32, device));
    }

    public int Steps => order.Steps;

    /// <summary>[samples, channels, height, width], a view of what lies there with the channels innermost.</summary>
    public Tensor Input => input.permute(0, 3, 1, 2);

    /// <summary>[samples, classes]: what each class counts in the loss.</summary>
    public Tensor Targets => targets;

    /// <summary>What the samples bring for a regression, like <see cref="Input"/>.</summary>
    public Tensor Values => values!.permute(0, 3, 1, 2);

    /// <summary>What the teacher says of the samples: [samples, classes].</summary>
    public Tensor Taught => taught!;

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
            // The teacher sees what the student sees, augmented and mixed.
            teacher?.Infer(images.Slice(i * size, size), Row(hostTaught!, i));
        }
        input.copy_(hostInput);
        targets.copy_(hostTargets);
        values?.copy_(hostValues!);
        taught?.copy_(hostTaught!);
    }

    public void Dispose()
    {
        foreach (Tensor? tensor in (Tensor?[])[input, targets, values, taught, hostInput, hostTargets, hostValues, hostTaught]) tensor?.Dispose();
    }

    private Span<float> Row(Tensor host, int place)
    {
        Span<float> all = host.Floats();
        int size = all.Length / options.BatchSize;
        return all.Slice(place * size, size);
    }

    private double WeightOf(int target) => options.ClassWeights.Length > 0 ? options.ClassWeights[target] : 1;

    private void LoadTarget(int index, int place)
    {
        if (hostValues is not null)
        {
            samples.ReadValues(index, Row(hostValues, place));
            return;
        }
        if (options.Loss == LossKind.Reconstruction) return;
        Span<float> row = Row(hostTargets, place);
        int classes = row.Length, target = samples.Target(index);
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
