using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// One operator of the inference network, still without numbers: which layers it stands for and what it makes of which
/// shape. The same stages give the skeleton, the float network and the int8 graph, so those cannot drift apart.
/// </summary>
/// <param name="Name">Name of the operator and of its output tensor, unique in the network.</param>
/// <param name="Input">Index of the stage it reads; -1 is the network's input.</param>
internal abstract record InferenceStage(string Name, int Input, Shape In, Shape Out)
{
    /// <summary>All that it reads.</summary>
    public virtual ImmutableArray<int> Inputs => [Input];

    /// <summary>Of stages that can have one (<see cref="Fuses"/>): what the operator does to its result.</summary>
    public FusedActivation Activation { get; init; }

    /// <summary>Whether the operator can apply a ReLU or ReLU6 to its result.</summary>
    public virtual bool Fuses => false;

    /// <summary>Whether the operator only moves or compares integers, so that its result has the quantisation of what it reads.</summary>
    public virtual bool KeepsScale => false;

    /// <summary>The quantisation that the operator's reference kernel demands of its result; null: any.</summary>
    public virtual Quantization? FixedQuantization => null;
}

/// <summary>
/// A convolution (any grouping) or a fully connected operator with bias and perhaps an activation. Batch normalisations in
/// <see cref="Before"/> act on what it reads, those in <see cref="After"/> on what it gives; all are layer indices.
/// </summary>
internal sealed record LinearStage(string Name, int Input, Shape In, Shape Out) : InferenceStage(Name, Input, In, Out)
{
    public override bool Fuses => true;

    /// <summary>The layer whose kernel this is; -1 is a kernel of ones, a bare normalisation.</summary>
    public required int Layer { get; init; }

    /// <summary>Of a fully connected stage: 1 × 1 over the flattened input.</summary>
    public required Conv Geometry { get; init; }

    public bool FullyConnected { get; init; }

    /// <summary>Spreads its input instead of gathering it; Geometry then has the output's filters, and strides of the output.</summary>
    public bool Transposed { get; init; }

    public ImmutableArray<int> Before { get; init; } = [];

    public ImmutableArray<int> After { get; init; } = [];

    /// <summary>Input as the kernel sees it.</summary>
    public Shape KernelInput => FullyConnected ? new Shape(1, 1, In.Count) : In;

    public bool Depthwise => !FullyConnected && Geometry.Groups > 1 && Geometry.Groups == In.Channels;

    /// <summary>Weights that enter one output: kernel height × width × input channels of the group.</summary>
    public int Taps => Geometry.KernelHeight * Geometry.KernelWidth * (KernelInput.Channels / Geometry.Groups);
}

internal sealed record MaxPoolStage(string Name, int Input, Shape In, Shape Out, int Height, int Width) : InferenceStage(Name, Input, In, Out)
{
    public override bool KeepsScale => true;
}

/// <summary>Means of windows, at the quantisation of what it reads.</summary>
internal sealed record AveragePoolStage(string Name, int Input, Shape In, Shape Out, int Height, int Width) : InferenceStage(Name, Input, In, Out)
{
    public override bool KeepsScale => true;
}

/// <summary>Sum of two maps of one shape.</summary>
internal sealed record AddStage(string Name, int Input, int Second, Shape In) : InferenceStage(Name, Input, In, In)
{
    public override ImmutableArray<int> Inputs => [Input, Second];

    public override bool Fuses => true;
}

/// <summary>Product of two maps of one shape, or of a map and a factor per channel.</summary>
internal sealed record MultiplyStage(string Name, int Input, int Second, Shape In) : InferenceStage(Name, Input, In, In)
{
    public override ImmutableArray<int> Inputs => [Input, Second];

    public override bool Fuses => true;
}

/// <summary>Channels of the inputs, one after the other. They share one quantisation (see <see cref="ScaleOwners"/>).</summary>
internal sealed record ConcatenateStage(string Name, ImmutableArray<int> Parts, Shape In, Shape Out) : InferenceStage(Name, Parts[0], In, Out)
{
    public override ImmutableArray<int> Inputs => Parts;
}

/// <summary>The same real numbers at another scale, for what must share one.</summary>
internal sealed record RequantiseStage(string Name, int Input, Shape In) : InferenceStage(Name, Input, In, In);

/// <summary>Zeros around a map.</summary>
internal sealed record PadStage(string Name, int Input, Shape In, Shape Out, Pad Border) : InferenceStage(Name, Input, In, Out)
{
    public override bool KeepsScale => true;
}

/// <summary>Every pixel repeated.</summary>
internal sealed record UpsampleStage(string Name, int Input, Shape In, Shape Out, Upsample Scale) : InferenceStage(Name, Input, In, Out)
{
    public override bool KeepsScale => true;
}

/// <summary>Softmax over channels.</summary>
internal sealed record SoftmaxStage(string Name, int Input, Shape In) : InferenceStage(Name, Input, In, In)
{
    public override Quantization? FixedQuantization => Quantization.PerTensor(1f / 256, sbyte.MinValue);
}

/// <summary>A function of each value, by a table of its 256 results.</summary>
internal sealed record FunctionStage(string Name, int Input, Shape In, Activation Function) : InferenceStage(Name, Input, In, In)
{
    public override Quantization? FixedQuantization => Function switch
    {
        Sigmoid => Quantization.PerTensor(1f / 256, sbyte.MinValue),
        Tanh => Quantization.PerTensor(1f / 128, 0),
        _ => null,
    };
}

/// <summary>Mean over height and width. <see cref="KeepDimensions"/> where a convolution reads it.</summary>
internal sealed record MeanStage(string Name, int Input, Shape In, Shape Out) : InferenceStage(Name, Input, In, Out)
{
    public bool KeepDimensions { get; init; }
}
