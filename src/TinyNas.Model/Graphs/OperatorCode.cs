namespace TinyNas.Model;

/// <summary>Operators this project knows; the values are those of <c>BuiltinOperator</c> in .tflite files.</summary>
public enum OperatorCode
{
    Add = 0,
    AveragePool2D = 1,
    Concatenation = 2,
    Conv2D = 3,
    DepthwiseConv2D = 4,
    Dequantize = 6,
    FullyConnected = 9,
    Logistic = 14,
    MaxPool2D = 17,
    Mul = 18,
    Relu = 19,
    Relu6 = 21,
    Reshape = 22,
    Softmax = 25,
    Tanh = 28,
    Pad = 34,
    Transpose = 39,
    Mean = 40,
    Sub = 41,
    Squeeze = 43,
    UnidirectionalSequenceLstm = 44,
    LogSoftmax = 50,
    ExpandDims = 70,
    Svdf = 27,
    Quantize = 114,
    HardSwish = 117,
}
