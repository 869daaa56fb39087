using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>One operator in its graph, with the checks that every preparation begins with.</summary>
internal readonly record struct OperatorContext(Graph Graph, Operator Operator)
{
    public TinyNasException Unsupported(string reason) =>
        new(DiagnosticCatalogue.OperatorUnsupported, Operator.Name(), Operator.Outputs.IsEmpty ? "?" : Output.Name, reason);

    public Tensor Input => InputAt(0);

    public Tensor Output => Graph.Tensors[Operator.Outputs[0]];

    public Tensor InputAt(int position) => Graph.Tensors[InputIndex(position)];

    public int InputIndex(int position) => OptionalInputIndex(position) is >= 0 and var index
        ? index
        : throw Unsupported($"input {position} is missing");

    /// <summary>-1 where the input is absent.</summary>
    public int OptionalInputIndex(int position) => position < Operator.Inputs.Length ? Operator.Inputs[position] : -1;

    public T Options<T>() where T : OperatorOptions => Operator.Options as T ?? throw Unsupported("its options are missing");

    public void Require(bool condition, string reason)
    {
        if (!condition) throw Unsupported(reason);
    }

    /// <summary>The scale and zero point of an int8 tensor that is quantised as a whole.</summary>
    public (float Scale, int ZeroPoint) Int8(Tensor tensor, string role)
    {
        Require(tensor.Type == ElementType.Int8, $"{role} is {tensor.Type}; only Int8 has a kernel");
        return PerTensor(tensor, role);
    }

    /// <summary><see cref="ActivationRange"/>, for the activations that have one.</summary>
    public (int Minimum, int Maximum) Range(FusedActivation activation, float scale, int zeroPoint)
    {
        Require(activation <= FusedActivation.Relu6, $"its fused activation {(int)activation} has no kernel");
        return ActivationRange.Int8(activation, scale, zeroPoint);
    }

    public (float Scale, int ZeroPoint) PerTensor(Tensor tensor, string role)
    {
        if (tensor.Quantization is not { IsPerTensor: true } quantization) throw Unsupported($"{role} needs one scale and zero point");
        Require(quantization.Scale > 0 && float.IsFinite(quantization.Scale), $"{role} has no positive scale");
        int zeroPoint = quantization.ZeroPoints.IsEmpty ? 0 : quantization.ZeroPoint;
        (int low, int high) = tensor.Type switch
        {
            ElementType.Int8 => (-128, 127),
            ElementType.UInt8 => (0, 255),
            // Symmetric, as the .tflite format prescribes.
            _ => (0, 0),
        };
        Require(zeroPoint >= low && zeroPoint <= high, $"{role} has a zero point outside its type");
        return (quantization.Scale, zeroPoint);
    }

    /// <summary>Index of the int32 bias with one element per output channel, or -1.</summary>
    public int Bias(int position, int channels)
    {
        int index = OptionalInputIndex(position);
        if (index < 0) return -1;
        Tensor bias = Graph.Tensors[index];
        Require(bias.Type == ElementType.Int32 && bias.IsConstant && bias.Count == channels, "the bias must be an Int32 constant, one element per channel");
        return index;
    }

    /// <summary>The elements of an input that must be an int32 constant.</summary>
    public ReadOnlySpan<int> Integers(int position, string role)
    {
        Tensor tensor = InputAt(position);
        Require(tensor.Type == ElementType.Int32 && tensor.IsConstant, $"{role} must be an Int32 constant");
        return tensor.Values<int>();
    }

    /// <summary>An axis of a tensor with so many dimensions; negative ones count from the end.</summary>
    public int Axis(int axis, int rank)
    {
        Require(axis >= -rank && axis < rank, "an axis is outside the tensor");
        return axis < 0 ? axis + rank : axis;
    }

    public void SameType(Tensor a, Tensor b) => Require(a.Type == b.Type, $"it has {a.Type} and {b.Type} where one type is needed");

    public PreparedRearrange Rearranged(System.Collections.Immutable.ImmutableArray<RearrangePart> parts) =>
        new(Operator, parts[0].Source, Operator.Outputs[0], parts);
}
