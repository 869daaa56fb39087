using System.Collections.Immutable;

namespace TinyNas.Model;

/// <summary>
/// The options of each operator that has any. Numbers are those of the file format: the kind of table, then its fields.
/// Operators in <see cref="WithoutOptions"/> have none; of all others the reader keeps no options and the writer refuses them.
/// </summary>
internal static class OptionsCodecs
{
    public static readonly ImmutableHashSet<OperatorCode> WithoutOptions =
    [
        OperatorCode.Dequantize, OperatorCode.Logistic, OperatorCode.Relu, OperatorCode.Relu6, OperatorCode.Tanh,
        OperatorCode.Pad, OperatorCode.Transpose, OperatorCode.LogSoftmax, OperatorCode.ExpandDims, OperatorCode.Quantize,
        OperatorCode.HardSwish, OperatorCode.PadV2, OperatorCode.Slice, OperatorCode.Maximum, OperatorCode.Minimum, OperatorCode.Prelu,
        OperatorCode.Elu,
    ];

    public static readonly ImmutableDictionary<OperatorCode, OptionsCodec> Table = new Dictionary<OperatorCode, OptionsCodec>
    {
        [OperatorCode.Conv2D] = Of<Conv2DOptions>(1,
            t => new(
                (Padding)t.Byte(0), t.Int32(2), t.Int32(1), t.Int32(5, 1), t.Int32(4, 1), (FusedActivation)t.Byte(3)),
            (b, o) =>
            {
                b.Byte(0, (byte)o.Padding);
                b.Int32(1, o.StrideWidth);
                b.Int32(2, o.StrideHeight);
                b.Byte(3, (byte)o.Activation);
                b.Int32(4, o.DilationWidth, 1);
                b.Int32(5, o.DilationHeight, 1);
            }),
        [OperatorCode.DepthwiseConv2D] = Of<DepthwiseConv2DOptions>(2,
            t => new(
                (Padding)t.Byte(0), t.Int32(2), t.Int32(1), t.Int32(3), t.Int32(6, 1), t.Int32(5, 1), (FusedActivation)t.Byte(4)),
            (b, o) =>
            {
                b.Byte(0, (byte)o.Padding);
                b.Int32(1, o.StrideWidth);
                b.Int32(2, o.StrideHeight);
                b.Int32(3, o.Multiplier);
                b.Byte(4, (byte)o.Activation);
                b.Int32(5, o.DilationWidth, 1);
                b.Int32(6, o.DilationHeight, 1);
            }),
        [OperatorCode.AveragePool2D] = Pool(),
        [OperatorCode.MaxPool2D] = Pool(),
        [OperatorCode.FullyConnected] = Of<FullyConnectedOptions>(8,
            t => t.Byte(1) == 0
                ? new((FusedActivation)t.Byte(0), t.Bool(2))
                : throw new FlatBufferException("FULLY_CONNECTED has shuffled weights, which are not read here"),
            (b, o) =>
            {
                b.Byte(0, (byte)o.Activation);
                b.Bool(2, o.KeepDimensions);
            },
            new FullyConnectedOptions()),
        [OperatorCode.Softmax] = Of<SoftmaxOptions>(9, t => new(t.Single(0)), (b, o) => b.Single(0, o.Beta)),
        [OperatorCode.Concatenation] = Of<ConcatenationOptions>(10,
            t => new(t.Int32(0), (FusedActivation)t.Byte(1)),
            (b, o) =>
            {
                b.Int32(0, o.Axis);
                b.Byte(1, (byte)o.Activation);
            }),
        [OperatorCode.Add] = Arithmetic(11),
        [OperatorCode.Reshape] = Of<ReshapeOptions>(17, t => new([.. t.Int32s(0)]), o => o.NewShape, new ReshapeOptions([])),
        [OperatorCode.Mul] = Arithmetic(21),
        [OperatorCode.Mean] = Of<ReducerOptions>(27, t => new(t.Bool(0)), (b, o) => b.Bool(0, o.KeepDimensions), new ReducerOptions(false)),
        [OperatorCode.Sub] = Arithmetic(28),
        [OperatorCode.TransposeConv] = Of<TransposeConvOptions>(49,
            t => new((Padding)t.Byte(0), t.Int32(2), t.Int32(1), (FusedActivation)t.Byte(3)),
            (b, o) =>
            {
                b.Byte(0, (byte)o.Padding);
                b.Int32(1, o.StrideWidth);
                b.Int32(2, o.StrideHeight);
                b.Byte(3, (byte)o.Activation);
            }),
        [OperatorCode.LeakyRelu] = Of<LeakyReluOptions>(75, t => new(t.Single(0)), (b, o) => b.Single(0, o.Alpha), new LeakyReluOptions(0)),
        [OperatorCode.StridedSlice] = Of<StridedSliceOptions>(32,
            t => new(t.Int32(0), t.Int32(1), t.Int32(2), t.Int32(3), t.Int32(4), t.Bool(5)),
            (b, o) =>
            {
                b.Int32(0, o.BeginMask);
                b.Int32(1, o.EndMask);
                b.Int32(2, o.EllipsisMask);
                b.Int32(3, o.NewAxisMask);
                b.Int32(4, o.ShrinkAxisMask);
                b.Bool(5, o.Offset);
            },
            new StridedSliceOptions(0, 0, 0, 0, 0)),
        [OperatorCode.Split] = Of<SplitOptions>(35, t => new(t.Int32(0)), (b, o) => b.Int32(0, o.Count)),
        [OperatorCode.Pack] = Pack(59),
        [OperatorCode.Unpack] = Pack(64),
        [OperatorCode.ResizeBilinear] = Resize(15, 2),
        [OperatorCode.ResizeNearestNeighbor] = Resize(74, 0),
        [OperatorCode.ArgMax] = ArgMax(40),
        [OperatorCode.ArgMin] = ArgMax(57),
        [OperatorCode.Svdf] = Of<SvdfOptions>(6,
            t => new(t.Int32(0), (FusedActivation)t.Byte(1), t.Bool(2)),
            (b, o) =>
            {
                b.Int32(0, o.Rank);
                b.Byte(1, (byte)o.Activation);
                b.Bool(2, o.AsymmetricInputs);
            }),
        [OperatorCode.UnidirectionalSequenceLstm] = Of<LstmOptions>(71,
            t => new((FusedActivation)t.Byte(0), t.Single(1), t.Single(2), t.Bool(3), t.Bool(4), t.Bool(5)),
            (b, o) =>
            {
                b.Byte(0, (byte)o.Activation);
                b.Single(1, o.CellClip);
                b.Single(2, o.ProjectionClip);
                b.Bool(3, o.TimeMajor);
                b.Bool(4, o.AsymmetricInputs);
                b.Bool(5, o.DiagonalRecurrence);
            }),
        [OperatorCode.Squeeze] = Of<SqueezeOptions>(30, t => new([.. t.Int32s(0)]), o => o.Dimensions, new SqueezeOptions([])),
    }.ToImmutableDictionary();

    private static OptionsCodec Pool() => Of<Pool2DOptions>(5,
        t => new((Padding)t.Byte(0), t.Int32(2), t.Int32(1), t.Int32(4), t.Int32(3), (FusedActivation)t.Byte(5)),
        (b, o) =>
        {
            b.Byte(0, (byte)o.Padding);
            b.Int32(1, o.StrideWidth);
            b.Int32(2, o.StrideHeight);
            b.Int32(3, o.FilterWidth);
            b.Int32(4, o.FilterHeight);
            b.Byte(5, (byte)o.Activation);
        });

    private static OptionsCodec Pack(byte unionType) => Of<PackOptions>(unionType,
        t => new(t.Int32(0), t.Int32(1)),
        (b, o) =>
        {
            b.Int32(0, o.Count);
            b.Int32(1, o.Axis);
        });

    private static OptionsCodec ArgMax(byte unionType) => Of<ArgMaxOptions>(unionType,
        t => new((ElementType)t.Byte(0)), (b, o) => b.Byte(0, (byte)o.OutputType), new ArgMaxOptions(0));

    private static OptionsCodec Resize(byte unionType, int first) => Of<ResizeOptions>(unionType,
        t => new(t.Bool(first), t.Bool(first + 1)),
        (b, o) =>
        {
            b.Bool(first, o.AlignCorners);
            b.Bool(first + 1, o.HalfPixelCenters);
        },
        new ResizeOptions(false, false));

    private static OptionsCodec Arithmetic(byte unionType) => Of<ArithmeticOptions>(unionType,
        t => new((FusedActivation)t.Byte(0)), (b, o) => b.Byte(0, (byte)o.Activation), new ArithmeticOptions());

    private static OptionsCodec Of<T>(byte unionType, Func<FlatTable, T> read, Action<FlatBufferBuilder, T> write, T? fallback = null)
        where T : OperatorOptions =>
        new(unionType, read, (b, o, _) => write(b, (T)o), fallback);

    /// <summary>A table whose only field is a vector of integers.</summary>
    private static OptionsCodec Of<T>(byte unionType, Func<FlatTable, T> read, Func<T, ImmutableArray<int>> values, T? fallback = null)
        where T : OperatorOptions =>
        new(unionType, read, (b, _, vector) => b.Offset(0, vector), fallback, (b, o) => b.Int32s(values((T)o).AsSpan()));
}
