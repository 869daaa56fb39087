namespace TinyNas.Model;

/// <summary>
/// The lowest version under which the .tflite registry has an operator with the given types and options; a runtime refuses
/// versions above those it knows.
/// </summary>
internal static class OperatorVersions
{
    public static int Lowest(Graph graph, Operator o)
    {
        Tensor? At(int i) => i < o.Inputs.Length && o.Inputs[i] >= 0 ? graph.Tensors[o.Inputs[i]] : null;
        bool int8 = At(0)?.Type == ElementType.Int8, int16 = At(0)?.Type == ElementType.Int16;
        return o.Code switch
        {
            OperatorCode.Conv2D when At(0)?.Shape[^1] != At(1)?.Shape[^1] => 6,
            OperatorCode.Conv2D => int16 ? 4 : int8 ? 3 : 1,
            OperatorCode.DepthwiseConv2D => int16 ? 5 : int8 ? 3 : o.Options is DepthwiseConv2DOptions { DilationHeight: 1, DilationWidth: 1 } ? 1 : 2,
            OperatorCode.FullyConnected when At(1)?.Quantization is { IsPerTensor: false } => 12,
            OperatorCode.FullyConnected when int16 => 7,
            OperatorCode.FullyConnected when At(2) is null => 6,
            OperatorCode.FullyConnected when o.Options is FullyConnectedOptions { KeepDimensions: true } => 5,
            OperatorCode.FullyConnected => int8 ? 4 : 1,
            OperatorCode.Svdf => int8 ? 3 : 1,
            OperatorCode.TransposeConv when o.Options is TransposeConvOptions { Activation: not FusedActivation.None } => 4,
            OperatorCode.TransposeConv => At(3) is not null ? 3 : At(1)?.Type == ElementType.Int8 ? 2 : 1,
            OperatorCode.ResizeBilinear when o.Options is ResizeOptions { HalfPixelCenters: true } => 3,
            OperatorCode.ResizeNearestNeighbor when o.Options is ResizeOptions { HalfPixelCenters: true } or ResizeOptions { AlignCorners: true } => 3,
            OperatorCode.Quantize => int16 || graph.Tensors[o.Outputs[0]].Type == ElementType.Int16 ? 2 : 1,
            OperatorCode.Dequantize when int16 => 3,
            OperatorCode.Split => At(1)?.Type == ElementType.Int8 ? 2 : 1,
            OperatorCode.Slice or OperatorCode.StridedSlice or OperatorCode.Maximum or OperatorCode.Minimum or OperatorCode.LeakyRelu
                or OperatorCode.ResizeNearestNeighbor or OperatorCode.ResizeBilinear or OperatorCode.Pack or OperatorCode.Unpack
                or OperatorCode.ArgMax or OperatorCode.ArgMin or OperatorCode.PadV2 => int8 ? 2 : 1,
            OperatorCode.Add or OperatorCode.Sub or OperatorCode.Mul or OperatorCode.AveragePool2D or OperatorCode.MaxPool2D
                or OperatorCode.Mean or OperatorCode.Softmax or OperatorCode.LogSoftmax or OperatorCode.Logistic or OperatorCode.Tanh
                or OperatorCode.Concatenation or OperatorCode.Pad or OperatorCode.Transpose or OperatorCode.Dequantize
                or OperatorCode.Relu or OperatorCode.Relu6 => int8 ? 2 : 1,
            _ => 1,
        };
    }
}
