using System.Collections.Frozen;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// How each operator is registered with MicroMutableOpResolver. The int8 registrations pull in int8 kernels alone; with a
/// library built without CMSIS-NN their headers define them as the general ones.
/// </summary>
internal static class TflmOperators
{
    private const string Kernels = "tensorflow/lite/micro/kernels/";

    /// <summary>Operators with an int8 registration, and the header that declares it.</summary>
    private static readonly FrozenDictionary<OperatorCode, string> Int8Headers = new Dictionary<OperatorCode, string>
    {
        [OperatorCode.Add] = "add.h",
        [OperatorCode.AveragePool2D] = "pooling.h",
        [OperatorCode.Conv2D] = "conv.h",
        [OperatorCode.DepthwiseConv2D] = "depthwise_conv.h",
        [OperatorCode.FullyConnected] = "fully_connected.h",
        [OperatorCode.MaxPool2D] = "pooling.h",
        [OperatorCode.Maximum] = "maximum_minimum.h",
        [OperatorCode.Minimum] = "maximum_minimum.h",
        [OperatorCode.Mul] = "mul.h",
        [OperatorCode.Pad] = "pad.h",
        [OperatorCode.Softmax] = "softmax.h",
        [OperatorCode.Svdf] = "svdf.h",
        [OperatorCode.Transpose] = "transpose.h",
        [OperatorCode.TransposeConv] = "transpose_conv.h",
        [OperatorCode.UnidirectionalSequenceLstm] = "unidirectional_sequence_lstm.h",
    }.ToFrozenDictionary();

    /// <summary>All operators that MicroMutableOpResolver has a method for, at commit 90b983c2.</summary>
    private static readonly FrozenSet<string> Known = new[]
    {
        "ABS", "ADD", "ADD_N", "ARG_MAX", "ARG_MIN", "ASSIGN_VARIABLE", "AVERAGE_POOL_2D", "BATCH_MATMUL", "BATCH_TO_SPACE_ND",
        "BROADCAST_ARGS", "BROADCAST_TO", "CALL_ONCE", "CAST", "CEIL", "CONCATENATION", "CONV_2D", "COS", "CUMSUM", "DEPTHWISE_CONV_2D",
        "DEPTH_TO_SPACE", "DEQUANTIZE", "DIV", "DYNAMIC_UPDATE_SLICE", "ELU", "EMBEDDING_LOOKUP", "EQUAL", "EXP", "EXPAND_DIMS", "FILL",
        "FLOOR", "FLOOR_DIV", "FLOOR_MOD", "FULLY_CONNECTED", "GATHER", "GATHER_ND", "GREATER", "GREATER_EQUAL", "HARD_SWISH", "IF",
        "L2_NORMALIZATION", "L2_POOL_2D", "LEAKY_RELU", "LESS", "LESS_EQUAL", "LOG", "LOGICAL_AND", "LOGICAL_NOT", "LOGICAL_OR",
        "LOGISTIC", "LOG_SOFTMAX", "MAXIMUM", "MAX_POOL_2D", "MEAN", "MINIMUM", "MIRROR_PAD", "MUL", "NEG", "NOT_EQUAL", "PACK", "PAD",
        "PADV2", "PRELU", "QUANTIZE", "READ_VARIABLE", "REDUCE_ALL", "REDUCE_MAX", "REDUCE_MIN", "RELU", "RELU6", "RESHAPE",
        "RESIZE_BILINEAR", "RESIZE_NEAREST_NEIGHBOR", "REVERSE_V2", "ROUND", "RSQRT", "SELECT_V2", "SHAPE", "SIN", "SLICE", "SOFTMAX",
        "SPACE_TO_BATCH_ND", "SPACE_TO_DEPTH", "SPLIT", "SPLIT_V", "SQRT", "SQUARE", "SQUARED_DIFFERENCE", "SQUEEZE", "STRIDED_SLICE",
        "SUB", "SUM", "SVDF", "TANH", "TRANSPOSE", "TRANSPOSE_CONV", "UNIDIRECTIONAL_SEQUENCE_LSTM", "UNPACK", "VAR_HANDLE", "WHILE",
        "ZEROS_LIKE",
    }.ToFrozenSet();

    /// <summary>Methods whose names do not follow from the operators'.</summary>
    private static readonly FrozenDictionary<string, string> Irregular = new Dictionary<string, string>
    {
        ["BATCH_MATMUL"] = "AddBatchMatMul",
        ["CUMSUM"] = "AddCumSum",
        ["PADV2"] = "AddPadV2",
        ["UNIDIRECTIONAL_SEQUENCE_LSTM"] = "AddUnidirectionalSequenceLSTM",
    }.ToFrozenDictionary();

    /// <summary>Custom operators that MicroMutableOpResolver has a method for, by the names they are registered under.</summary>
    private static readonly FrozenDictionary<string, string> KnownCustom = new Dictionary<string, string>
    {
        ["CIRCULAR_BUFFER"] = "AddCircularBuffer", ["TFLM_DECODE"] = "AddDecode", ["TFLite_Detection_PostProcess"] = "AddDetectionPostprocess",
        ["ethos-u"] = "AddEthosU", ["SignalDelay"] = "AddDelay", ["SignalEnergy"] = "AddEnergy", ["SignalFftAutoScale"] = "AddFftAutoScale",
        ["SignalFilterBank"] = "AddFilterBank", ["SignalFilterBankLog"] = "AddFilterBankLog", ["SignalFilterBankSquareRoot"] = "AddFilterBankSquareRoot",
        ["SignalFilterBankSpectralSubtraction"] = "AddFilterBankSpectralSubtraction", ["SignalFramer"] = "AddFramer", ["SignalIrfft"] = "AddIrfft",
        ["SignalOverlapAdd"] = "AddOverlapAdd", ["SignalPCAN"] = "AddPCAN", ["SignalRfft"] = "AddRfft", ["SignalStacker"] = "AddStacker", ["SignalWindow"] = "AddWindow",
    }.ToFrozenDictionary();

    /// <summary>
    /// Names of custom operators that are not the library's, each with the function by which the program hands over its registration.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Foreign(Graph graph, string n)
    {
        var functions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in graph.Operators.Select(CustomName).Where(c => c.Length > 0 && !KnownCustom.ContainsKey(c)).Distinct().Order(StringComparer.Ordinal))
        {
            string function = $"{n}_tflm_register_{string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_'))}", distinct = function;
            for (int i = 2; functions.ContainsValue(distinct); i++) distinct = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{function}_{i}");
            functions[name] = distinct;
        }
        return functions;
    }

    /// <summary>Empty for an operator of the format's own.</summary>
    public static string CustomName(Operator op) => op.Options is OpaqueOptions opaque ? opaque.CustomName : "";

    /// <param name="graph">The model.</param>
    /// <param name="op">One of its operators.</param>
    /// <param name="foreign">The result of <see cref="Foreign"/>.</param>
    /// <exception cref="TinyNasException">TNAS0302: the library has no such operator.</exception>
    public static (string Registration, string? Header) Of(Graph graph, Operator op, IReadOnlyDictionary<string, string> foreign)
    {
        if (CustomName(op) is { Length: > 0 } custom)
            return KnownCustom.TryGetValue(custom, out string? known) ? ($"{known}()", null) : ($"AddCustom({CText.String(custom)}, {foreign[custom]}())", null);
        string name = op.Code.Name();
        if (!Known.Contains(name)) throw new OperatorContext(graph, op).Unsupported("TensorFlow Lite Micro has no such operator");
        string method = Irregular.GetValueOrDefault(name) ?? "Add" + string.Concat(name.Split('_').Select(Capitalised));
        // A registration serves every use of its operator: one of another type needs the general one.
        bool int8 = graph.Operators.Where(o => o.Code == op.Code).All(o => graph.Tensors[o.Outputs[0]].Type == ElementType.Int8);
        return int8 && Int8Headers.TryGetValue(op.Code, out string? header)
            ? ($"{method}(tflite::Register_{name}_INT8())", Kernels + header)
            : ($"{method}()", null);
    }

    /// <summary>CONV becomes Conv; 2D, which begins with a digit, stays.</summary>
    private static string Capitalised(string word) => char.IsAsciiDigit(word[0]) ? word : word[..1] + word[1..].ToLowerInvariant();
}
