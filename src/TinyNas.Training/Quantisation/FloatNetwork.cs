using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// A trained network for inference in floats, with batch normalisation folded: operator by operator what the int8 graph
/// computes, without rounding to integers. Bit-identical on every machine. Holds its own buffers, so use one
/// per thread; <see cref="Infer"/> does not allocate.
/// </summary>
public sealed class FloatNetwork
{
    private readonly FloatConvolution?[] convolutions;
    private readonly float[][] activations;

    public FloatNetwork(TrainedNetwork trained) : this(trained.Network.Input, Folding.Stages(trained), null, trained) { }

    private FloatNetwork(Shape input, ImmutableArray<InferenceStage> stages, ImmutableArray<FoldedLinear?>? folded, TrainedNetwork? trained)
    {
        (Input, Stages) = (input, stages);
        Folded = folded ?? [.. Stages.Select(s => s is LinearStage linear ? Folding.Fold(linear, trained!) : null)];
        convolutions = [.. Stages.Select((s, i) => s is LinearStage { Transposed: false } linear ? new FloatConvolution(linear, Folded[i]!) : null)];
        activations = [.. Stages.Select(s => new float[s.Out.Count])];
        OperatorNames = [.. Stages.Select(s => s.Name)];
    }

    public Shape Input { get; }

    /// <summary>Number of logits.</summary>
    public int Outputs => activations[^1].Length;

    /// <summary>The operators in order; each is the name of the tensor in the int8 graph that holds the same values.</summary>
    public ImmutableArray<string> OperatorNames { get; }

    internal ImmutableArray<InferenceStage> Stages { get; }

    internal ImmutableArray<FoldedLinear?> Folded { get; }

    /// <summary>The same network with other weights that compute the same.</summary>
    internal FloatNetwork With(ImmutableArray<FoldedLinear?> folded) => new(Input, Stages, folded, null);

    /// <summary>Runs one sample.</summary>
    /// <param name="hwc">Normalised values, height × width × channels.</param>
    /// <param name="logits">Receives the scores before the softmax; <see cref="Outputs"/> long.</param>
    public void Infer(ReadOnlySpan<float> hwc, Span<float> logits)
    {
        Infer(hwc);
        activations[^1].CopyTo(logits);
    }

    /// <summary>What operator <paramref name="index"/> of <see cref="OperatorNames"/> gave in the last <see cref="Infer(ReadOnlySpan{float}, Span{float})"/>.</summary>
    public ReadOnlySpan<float> Activation(int index) => activations[index];

    internal void Infer(ReadOnlySpan<float> hwc)
    {
        if (hwc.Length != Input.Count) throw new ArgumentException($"{hwc.Length} values where the network reads {Input}.", nameof(hwc));
        for (int i = 0; i < activations.Length; i++)
        {
            ReadOnlySpan<float> x = Of(Stages[i].Input, hwc);
            switch (Stages[i])
            {
                case AddStage add: FloatAddition.Run(add, x, Of(add.Second, hwc), activations[i]); break;
                case MultiplyStage multiply: FloatJoining.Multiply(multiply, x, Of(multiply.Second, hwc), activations[i]); break;
                case ConcatenateStage concatenate: Concatenate(concatenate, hwc, activations[i]); break;
                case RequantiseStage: x.CopyTo(activations[i]); break;
                case PadStage pad: FloatJoining.Pad(pad, x, activations[i]); break;
                case UpsampleStage upsample: FloatJoining.Repeat(upsample, x, activations[i]); break;
                case SoftmaxStage softmax: FloatFunctions.Softmax(softmax.In.Channels, x, activations[i]); break;
                case LinearStage { Transposed: true } transposed: FloatTransposed.Run(transposed, Folded[i]!, x, activations[i]); break;
                case FunctionStage function: FloatFunctions.Run(function.Function, x, activations[i]); break;
                case AveragePoolStage pool: FloatPooling.Average(pool, x, activations[i]); break;
                case MaxPoolStage pool: FloatPooling.Max(pool, x, activations[i]); break;
                case MeanStage mean: FloatPooling.Mean(mean, x, activations[i]); break;
                default: convolutions[i]!.Run(x, activations[i]); break;
            }
        }
    }

    private ReadOnlySpan<float> Of(int stage, ReadOnlySpan<float> hwc) => stage < 0 ? hwc : activations[stage];

    private void Concatenate(ConcatenateStage stage, ReadOnlySpan<float> hwc, Span<float> y)
    {
        int first = 0;
        foreach (int part in stage.Parts)
        {
            FloatJoining.Place(stage, first, Of(part, hwc), y);
            first += (part < 0 ? Input : Stages[part].Out).Channels;
        }
    }
}
