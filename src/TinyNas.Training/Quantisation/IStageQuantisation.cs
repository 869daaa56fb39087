using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Where <see cref="Lowering"/> takes the numbers of a graph from; the structure is never its business.</summary>
internal interface IStageQuantisation
{
    Quantization Input { get; }

    /// <summary>Quantisation of what linear and mean stages give. Max-pools keep that of their input.</summary>
    Quantization Output(int stage);

    StageIntegers Integers(int stage);
}

/// <summary>
/// Integers of a linear stage. <paramref name="Kernel"/> as .tflite files have it: [out, kh, kw, in/groups],
/// depthwise [1, kh, kw, out], fully connected [out, in].
/// </summary>
internal sealed record StageIntegers(sbyte[] Kernel, Quantization KernelQuantization, int[] Bias, Quantization BiasQuantization);

/// <summary>Zero weights and scales of 1: what a network costs does not depend on its numbers.</summary>
internal sealed class PlaceholderQuantisation(IReadOnlyList<InferenceStage> stages) : IStageQuantisation
{
    private static readonly Quantization One = Quantization.PerTensor(1, 0);

    public Quantization Input => One;

    public Quantization Output(int stage) => One;

    public StageIntegers Integers(int stage)
    {
        var linear = (LinearStage)stages[stage];
        int filters = linear.Out.Channels;
        Quantization kernel = One, bias = One;
        if (!linear.FullyConnected)
        {
            kernel = Quantization.PerChannel([.. Enumerable.Repeat(1f, filters)], linear.Depthwise ? 3 : 0);
            bias = Quantization.PerChannel(kernel.Scales, 0);
        }
        return new StageIntegers(new sbyte[filters * linear.Taps], kernel, new int[filters], bias);
    }
}
