namespace TinyNas.Model;

/// <summary>How many inputs operators have.</summary>
internal static class OperatorArity
{
    /// <summary>Least and most inputs.</summary>
    public static (int Least, int Most) Inputs(OperatorCode code) => code switch
    {
        OperatorCode.Conv2D or OperatorCode.DepthwiseConv2D or OperatorCode.FullyConnected => (2, 3),
        OperatorCode.Add or OperatorCode.Sub or OperatorCode.Mul or OperatorCode.Pad or OperatorCode.Transpose
            or OperatorCode.Mean or OperatorCode.ExpandDims => (2, 2),
        OperatorCode.Reshape => (1, 2),
        OperatorCode.Concatenation => (1, 1024),
        OperatorCode.Svdf => (5, 5),
        OperatorCode.UnidirectionalSequenceLstm => (20, 24),
        _ => (1, 1),
    };

    /// <summary>Position of the first input that may be absent (-1).</summary>
    public static int FirstOptional(OperatorCode code) => code switch
    {
        OperatorCode.Conv2D or OperatorCode.DepthwiseConv2D or OperatorCode.FullyConnected => 2,
        OperatorCode.Svdf => 3,
        OperatorCode.UnidirectionalSequenceLstm => 1,
        _ => int.MaxValue,
    };
}
