using System.Collections.Immutable;

namespace TinyNas.Model;

/// <summary>The values are those of the <c>Padding</c> enumeration in .tflite files.</summary>
public enum Padding : byte
{
    Same = 0,
    Valid = 1,
}

/// <summary>Activation fused into an operator; the values are those of <c>ActivationFunctionType</c>.</summary>
public enum FusedActivation : byte
{
    None = 0,
    Relu = 1,
    ReluN1To1 = 2,
    Relu6 = 3,
}

/// <summary>What an operator carries besides its tensors. One record per kind of options.</summary>
public abstract record OperatorOptions
{
    public static readonly OperatorOptions None = new NoOptions();
}

public sealed record NoOptions : OperatorOptions;

/// <summary>Filter [out, kh, kw, in/groups] int8, bias [out] int32.</summary>
public sealed record Conv2DOptions(
    Padding Padding, int StrideHeight, int StrideWidth, int DilationHeight = 1, int DilationWidth = 1,
    FusedActivation Activation = FusedActivation.None) : OperatorOptions;

/// <summary>Filter [1, kh, kw, in * multiplier] int8, bias [in * multiplier] int32.</summary>
public sealed record DepthwiseConv2DOptions(
    Padding Padding, int StrideHeight, int StrideWidth, int Multiplier, int DilationHeight = 1, int DilationWidth = 1,
    FusedActivation Activation = FusedActivation.None) : OperatorOptions;

public sealed record Pool2DOptions(
    Padding Padding, int StrideHeight, int StrideWidth, int FilterHeight, int FilterWidth,
    FusedActivation Activation = FusedActivation.None) : OperatorOptions;

/// <summary>Weights [units, in] int8, bias [units] int32 or absent.</summary>
public sealed record FullyConnectedOptions(
    FusedActivation Activation = FusedActivation.None, bool KeepDimensions = false) : OperatorOptions;

public sealed record SoftmaxOptions(float Beta = 1) : OperatorOptions;

public sealed record ReshapeOptions(ImmutableArray<int> NewShape) : OperatorOptions;

/// <summary>MEAN: the axes are the operator's second input, an int32 constant.</summary>
public sealed record ReducerOptions(bool KeepDimensions) : OperatorOptions;

/// <summary>ADD, SUB and MUL.</summary>
public sealed record ArithmeticOptions(FusedActivation Activation = FusedActivation.None) : OperatorOptions;

public sealed record ConcatenationOptions(int Axis, FusedActivation Activation = FusedActivation.None) : OperatorOptions;

/// <summary>SQUEEZE: the dimensions of size 1 that go; empty for all.</summary>
public sealed record SqueezeOptions(ImmutableArray<int> Dimensions) : OperatorOptions;
