using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// How each operator is registered with MicroMutableOpResolver. The int8 registrations pull in int8 kernels alone; with a
/// library built without CMSIS-NN their headers define them as the general ones.
/// </summary>
internal static class TflmOperators
{
    private static readonly ImmutableDictionary<OperatorCode, (string Registration, string? Header)> Table =
        new Dictionary<OperatorCode, (string, string?)>
        {
            [OperatorCode.Add] = ("AddAdd(tflite::Register_ADD_INT8())", "tensorflow/lite/micro/kernels/add.h"),
            [OperatorCode.AveragePool2D] = ("AddAveragePool2D(tflite::Register_AVERAGE_POOL_2D_INT8())", "tensorflow/lite/micro/kernels/pooling.h"),
            [OperatorCode.Conv2D] = ("AddConv2D(tflite::Register_CONV_2D_INT8())", "tensorflow/lite/micro/kernels/conv.h"),
            [OperatorCode.DepthwiseConv2D] =
                ("AddDepthwiseConv2D(tflite::Register_DEPTHWISE_CONV_2D_INT8())", "tensorflow/lite/micro/kernels/depthwise_conv.h"),
            [OperatorCode.FullyConnected] =
                ("AddFullyConnected(tflite::Register_FULLY_CONNECTED_INT8())", "tensorflow/lite/micro/kernels/fully_connected.h"),
            [OperatorCode.MaxPool2D] = ("AddMaxPool2D(tflite::Register_MAX_POOL_2D_INT8())", "tensorflow/lite/micro/kernels/pooling.h"),
            [OperatorCode.Mean] = ("AddMean()", null),
            [OperatorCode.Reshape] = ("AddReshape()", null),
            [OperatorCode.Softmax] = ("AddSoftmax(tflite::Register_SOFTMAX_INT8())", "tensorflow/lite/micro/kernels/softmax.h"),
            [OperatorCode.Concatenation] = ("AddConcatenation()", null),
            [OperatorCode.Dequantize] = ("AddDequantize()", null),
            [OperatorCode.ExpandDims] = ("AddExpandDims()", null),
            [OperatorCode.HardSwish] = ("AddHardSwish()", null),
            [OperatorCode.LogSoftmax] = ("AddLogSoftmax()", null),
            [OperatorCode.Logistic] = ("AddLogistic()", null),
            [OperatorCode.Mul] = ("AddMul()", null),
            [OperatorCode.Pad] = ("AddPad()", null),
            [OperatorCode.Quantize] = ("AddQuantize()", null),
            [OperatorCode.Relu] = ("AddRelu()", null),
            [OperatorCode.Relu6] = ("AddRelu6()", null),
            [OperatorCode.Squeeze] = ("AddSqueeze()", null),
            [OperatorCode.Sub] = ("AddSub()", null),
            [OperatorCode.Svdf] = ("AddSvdf()", null),
            [OperatorCode.Tanh] = ("AddTanh()", null),
            [OperatorCode.Transpose] = ("AddTranspose()", null),
            [OperatorCode.UnidirectionalSequenceLstm] = ("AddUnidirectionalSequenceLSTM()", null),
        }.ToImmutableDictionary();

    /// <exception cref="TinyNasException">TNAS0302: the operator's registration is not known here.</exception>
    public static (string Registration, string? Header) Of(Graph graph, Operator op) => Table.TryGetValue(op.Code, out var entry)
        ? entry
        : throw new OperatorContext(graph, op).Unsupported("its registration in TensorFlow Lite Micro is not known");
}
