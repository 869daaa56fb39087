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
    Tanh = 4,
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

/// <summary>An operator that this project does not know: what it carries stays in the .tflite file it was read from.</summary>
/// <param name="CustomName">The name under which a custom operator is registered; empty for one of the format's own.</param>
public sealed record OpaqueOptions(ReadOnlyMemory<byte> File, string CustomName = "") : OperatorOptions;

/// <summary>Inputs: the output's shape (int32 constant), filter [out, kh, kw, in] int8, map, bias [out] int32 or absent.</summary>
public sealed record TransposeConvOptions(
    Padding Padding, int StrideHeight, int StrideWidth, FusedActivation Activation = FusedActivation.None) : OperatorOptions;

public sealed record LeakyReluOptions(float Alpha) : OperatorOptions;

/// <summary>Bit i of a mask is dimension i. Begin, end and strides are the operator's further inputs, int32 constants.</summary>
public sealed record StridedSliceOptions(
    int BeginMask, int EndMask, int EllipsisMask, int NewAxisMask, int ShrinkAxisMask, bool Offset = false) : OperatorOptions;

/// <summary>SPLIT: the axis is the operator's first input, an int32 constant.</summary>
public sealed record SplitOptions(int Count) : OperatorOptions;

/// <summary>PACK and UNPACK along a new or vanishing axis.</summary>
public sealed record PackOptions(int Count, int Axis) : OperatorOptions;

/// <summary>RESIZE_NEAREST_NEIGHBOR and RESIZE_BILINEAR.</summary>
public sealed record ResizeOptions(bool AlignCorners, bool HalfPixelCenters) : OperatorOptions;

/// <summary>ARG_MAX and ARG_MIN: the axis is the operator's second input, an int32 constant.</summary>
public sealed record ArgMaxOptions(ElementType OutputType) : OperatorOptions;

/// <summary>Weights of a rank-<paramref name="Rank"/> filter over features, then over time; a further input is the state.</summary>
public sealed record SvdfOptions(int Rank, FusedActivation Activation = FusedActivation.None, bool AsymmetricInputs = false) : OperatorOptions;

/// <summary>UNIDIRECTIONAL_SEQUENCE_LSTM over [batch, time, features], or [time, batch, features] where <paramref name="TimeMajor"/>.</summary>
public sealed record LstmOptions(
    FusedActivation Activation, float CellClip, float ProjectionClip, bool TimeMajor, bool AsymmetricInputs = false, bool DiagonalRecurrence = false)
    : OperatorOptions;
