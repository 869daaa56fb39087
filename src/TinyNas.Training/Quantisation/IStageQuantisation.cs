using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Where <see cref="Lowering"/> takes the numbers of a graph from; the structure is never its business.</summary>
internal interface IStageQuantisation
{
    Quantization Input { get; }

    /// <summary>Quantisation of what a stage gives; stages of one owner (<see cref="ScaleOwners"/>) have the same.</summary>
    Quantization Output(int stage);

    StageIntegers Integers(int stage);
}

/// <summary>
/// Integers of a linear stage. <paramref name="Kernel"/> as .tflite files have it: [out, kh, kw, in/groups],
/// depthwise [1, kh, kw, out], fully connected [out, in].
/// </summary>
internal sealed record StageIntegers(sbyte[] Kernel, Quantization KernelQuantization, int[] Bias, Quantization BiasQuantization);

/// <summary>
/// Zero weights and scales of 1: what a network costs does not depend on its numbers, but for two facts that are known
/// before. What a ReLU gave has zero point −128 (emitted C keeps a second bias for the edge where a convolution's input has
/// one that is not 0), and requantisation is by less than 1 (which lets a max-pool run inside the convolution before it).
/// </summary>
internal sealed class PlaceholderQuantisation(IReadOnlyList<InferenceStage> stages) : IStageQuantisation
{
    private const float WeightScale = 1f / 256;

    private readonly ImmutableArray<int> owners = ScaleOwners.Of(stages);

    public Quantization Input { get; } = Quantization.PerTensor(1, 0);

    public Quantization Output(int stage)
    {
        int owner = owners[stage];
        return owner < 0 ? Input : stages[owner].FixedQuantization ?? Quantization.PerTensor(1, IsPositive(owner) ? sbyte.MinValue : -1);
    }

    public StageIntegers Integers(int stage)
    {
        var linear = (LinearStage)stages[stage];
        int filters = linear.Out.Channels;
        Quantization kernel = Quantization.PerTensor(WeightScale, 0), bias = kernel;
        if (!linear.FullyConnected)
        {
            kernel = Quantization.PerChannel([.. Enumerable.Repeat(WeightScale, filters)], linear.Depthwise ? 3 : 0);
            bias = Quantization.PerChannel(kernel.Scales, 0);
        }
        return new StageIntegers(new sbyte[filters * linear.Taps], kernel, new int[filters], bias);
    }

    /// <summary>No value below zero, as far as the structure tells.</summary>
    private bool IsPositive(int stage) => stage >= 0 && stages[stage] switch
    {
        { Fuses: true } fusing => fusing.Activation != FusedActivation.None,
        FunctionStage function => function.Function is Sigmoid,
        SoftmaxStage => true,
        var other => other.Inputs.All(IsPositive),
    };
}
