namespace TinyNas.Model;

/// <summary>How many inputs and outputs operators have.</summary>
internal static class OperatorArity
{
    /// <summary>More than any operator of a microcontroller's network needs.</summary>
    private const int Many = 1024;

    /// <summary>Least and most inputs.</summary>
    public static (int Least, int Most) Inputs(OperatorCode code) => code switch
    {
        OperatorCode.Conv2D or OperatorCode.DepthwiseConv2D or OperatorCode.FullyConnected => (2, 3),
        OperatorCode.Add or OperatorCode.Sub or OperatorCode.Mul or OperatorCode.Maximum or OperatorCode.Minimum or OperatorCode.Prelu
            or OperatorCode.Pad or OperatorCode.Transpose or OperatorCode.Mean or OperatorCode.ExpandDims or OperatorCode.Split
            or OperatorCode.ArgMax or OperatorCode.ArgMin or OperatorCode.ResizeBilinear or OperatorCode.ResizeNearestNeighbor => (2, 2),
        OperatorCode.PadV2 or OperatorCode.Slice => (3, 3),
        OperatorCode.TransposeConv => (3, 4),
        OperatorCode.StridedSlice => (4, 4),
        OperatorCode.Reshape => (1, 2),
        OperatorCode.Concatenation or OperatorCode.Pack => (1, Many),
        OperatorCode.Svdf => (5, 5),
        OperatorCode.UnidirectionalSequenceLstm => (20, 24),
        _ when !Enum.IsDefined(code) => (0, Many),
        _ => (1, 1),
    };

    /// <summary>Most outputs; the least is one.</summary>
    public static int Outputs(OperatorCode code) =>
        code is OperatorCode.Split or OperatorCode.Unpack || !Enum.IsDefined(code) ? Many : 1;

    /// <summary>Tensors that have the same number of dimensions in every model: those from which multiply-accumulates and memory are counted.</summary>
    public static IEnumerable<(int Tensor, int Rank)> Ranks(Operator o) => o.Code switch
    {
        OperatorCode.Conv2D or OperatorCode.DepthwiseConv2D => [(o.Inputs[0], 4), (o.Inputs[1], 4), (o.Outputs[0], 4)],
        OperatorCode.TransposeConv => [(o.Inputs[1], 4), (o.Inputs[2], 4), (o.Outputs[0], 4)],
        OperatorCode.FullyConnected => [(o.Inputs[1], 2)],
        OperatorCode.UnidirectionalSequenceLstm when o.Inputs[0] >= 0 => [(o.Inputs[0], 3), (o.Outputs[0], 3)],
        _ => [],
    };

    /// <summary>Position of the first input that may be absent (-1).</summary>
    public static int FirstOptional(OperatorCode code) => code switch
    {
        OperatorCode.Conv2D or OperatorCode.DepthwiseConv2D or OperatorCode.FullyConnected => 2,
        OperatorCode.Svdf or OperatorCode.TransposeConv => 3,
        OperatorCode.UnidirectionalSequenceLstm => 1,
        _ when !Enum.IsDefined(code) => 0,
        _ => int.MaxValue,
    };
}
