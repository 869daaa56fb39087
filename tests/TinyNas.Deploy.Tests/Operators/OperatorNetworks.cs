using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>A small graph with random shapes and scales for each operator that convolutional test networks do not hold.</summary>
internal static class OperatorNetworks
{
    public static readonly ImmutableSortedDictionary<string, Func<ulong, Graph>> All = new Dictionary<string, Func<ulong, Graph>>
    {
        ["ADD"] = seed => Binary(seed, OperatorCode.Add, 1),
        ["SUB"] = seed => Binary(seed, OperatorCode.Sub, 1),
        ["MUL"] = seed => Binary(seed, OperatorCode.Mul, 0.2f),
        ["QUANTIZE"] = Rescale,
        ["DEQUANTIZE"] = Floats,
        ["SQUEEZE"] = Squeeze,
        ["TRANSPOSE"] = Transpose,
        ["CONCATENATION"] = Concatenation,
        ["PACK"] = Pack,
        ["PAD"] = seed => Pad(seed, OperatorCode.Pad),
        ["PADV2"] = seed => Pad(seed, OperatorCode.PadV2),
        ["SPLIT"] = Split,
        ["UNPACK"] = Unpack,
        ["SLICE"] = Slice,
        ["STRIDED_SLICE"] = StridedSlice,
        ["UNIDIRECTIONAL_SEQUENCE_LSTM"] = Lstm,
        ["SVDF"] = Svdf,
        ["LOGISTIC"] = seed => Function(seed, OperatorCode.Logistic, OperatorOptions.None, Quantization.PerTensor(1f / 256, -128)),
        ["TANH"] = seed => Function(seed, OperatorCode.Tanh, OperatorOptions.None, Quantization.PerTensor(1f / 128, 0)),
        ["RELU"] = seed => Function(seed, OperatorCode.Relu, OperatorOptions.None, null),
        ["RELU6"] = Relu6,
        ["LEAKY_RELU"] = seed => Function(seed, OperatorCode.LeakyRelu, new LeakyReluOptions(seed % 2 == 0 ? 0.3f : -0.1f), null),
        ["HARD_SWISH"] = seed => Function(seed, OperatorCode.HardSwish, OperatorOptions.None, null),
        ["ELU"] = seed => Function(seed, OperatorCode.Elu, OperatorOptions.None, null),
        ["MAXIMUM"] = seed => Extremum(seed, OperatorCode.Maximum),
        ["MINIMUM"] = seed => Extremum(seed, OperatorCode.Minimum),
        ["PRELU"] = Prelu,
        ["CONV_2D"] = WindowNetworks.Conv2D,
        ["DEPTHWISE_CONV_2D"] = WindowNetworks.Depthwise,
        ["TRANSPOSE_CONV"] = WindowNetworks.TransposeConv,
        ["FULLY_CONNECTED"] = WindowNetworks.FullyConnected,
        ["AVERAGE_POOL_2D"] = seed => WindowNetworks.Pool(seed, OperatorCode.AveragePool2D),
        ["MAX_POOL_2D"] = seed => WindowNetworks.Pool(seed, OperatorCode.MaxPool2D),
        ["MEAN"] = WindowNetworks.Mean,
        ["SOFTMAX"] = WindowNetworks.Softmax,
        ["LOG_SOFTMAX"] = WindowNetworks.LogSoftmax,
        ["RESIZE_NEAREST_NEIGHBOR"] = seed => WindowNetworks.Resize(seed, OperatorCode.ResizeNearestNeighbor),
        ["RESIZE_BILINEAR"] = seed => WindowNetworks.Resize(seed, OperatorCode.ResizeBilinear),
        ["ARG_MAX"] = seed => ArgExtremum(seed, OperatorCode.ArgMax),
        ["ARG_MIN"] = seed => ArgExtremum(seed, OperatorCode.ArgMin),
        ["QUANTIZE int16"] = seed => RescaleWide(seed, ElementType.Int16),
        ["QUANTIZE int32"] = seed => RescaleWide(seed, ElementType.Int32),
        ["DEQUANTIZE int16"] = FloatsWide,
    }.ToImmutableSortedDictionary();

    /// <summary>Random bytes, but floats that a scale has a use for.</summary>
    public static void Draw(ref RandomStream random, ElementType type, Span<byte> bytes)
    {
        if (type == ElementType.Float32)
            foreach (ref float value in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes)) value = (random.NextSingle() - 0.5f) * 16;
        else foreach (ref byte b in bytes) b = (byte)random.NextInt(256);
    }

    private static Graph Function(ulong seed, OperatorCode code, OperatorOptions options, Quantization? scale)
    {
        var g = new SmallGraph(seed);
        ImmutableArray<int> shape = g.Shape(3);
        return g.Build(g.Apply(code, [g.Input(shape, g.Scale(0.02f + 0.03f * (seed % 4)))], options, shape, scale ?? g.Scale(0.06f + 0.03f * (seed % 4))));
    }

    private static Graph Lstm(ulong seed)
    {
        var g = new SmallGraph(seed);
        int steps = g.Between(1, 4), inputs = g.Between(1, 9), units = g.Between(1, 9);
        Quantization weights = Quantization.PerTensor(0.01f, 0), hidden = Quantization.PerTensor(1f / 128, g.Between(-20, 20));
        bool timeMajor = seed % 2 == 0;
        int x = g.Input(timeMajor ? [steps, 1, inputs] : [1, steps, inputs], g.Scale(0.03f));
        int[] operands = [.. Enumerable.Repeat(-1, 24)];
        operands[0] = x;
        for (int i = 0; i < 4; i++)
        {
            operands[1 + i] = g.Constant([units, inputs], weights, -127);
            operands[5 + i] = g.Constant([units, units], weights, -127);
            operands[12 + i] = g.Bias(units);
        }
        operands[18] = g.State([1, units], hidden, ElementType.Int8);
        operands[19] = g.State([1, units], Quantization.PerTensor(MathF.ScaleB(1, -g.Between(10, 14)), 0), ElementType.Int16);
        return g.Build(g.Apply(OperatorCode.UnidirectionalSequenceLstm, [.. operands],
            new LstmOptions(FusedActivation.Tanh, seed % 3 == 0 ? 1.5f : 0, 0, timeMajor), timeMajor ? [steps, 1, units] : [1, steps, units], hidden));
    }

    private static Graph Svdf(ulong seed)
    {
        var g = new SmallGraph(seed);
        bool wide = seed % 2 == 0;
        int inputs = g.Between(1, 12), units = g.Between(1, 5), rank = g.Between(1, 3), memory = g.Between(1, 6);
        Quantization state = wide ? Quantization.PerTensor(0.0005f, 0) : Quantization.PerTensor(0.05f, seed % 3 == 0 ? 0 : g.Between(-10, 10));
        Quantization time = Quantization.PerTensor(wide ? 1f / 32768 : 0.01f, 0);
        int x = g.Input([1, inputs]), features = g.Constant([units * rank, inputs], Quantization.PerTensor(0.01f, 0), -127);
        int weights = wide ? g.Int16Constant([units * rank, memory], time) : g.Constant([units * rank, memory], time);
        int memories = g.State([1, units * rank * memory], state, wide ? ElementType.Int16 : ElementType.Int8);
        return g.Build(g.Apply(OperatorCode.Svdf, [x, features, weights, g.Bias(units, 300, state.Scale * time.Scale), memories],
            new SvdfOptions(rank), [1, units], g.Scale(wide ? 0.1f : 0.1f)));
    }

    private static Graph Relu6(ulong seed)
    {
        var g = new SmallGraph(seed);
        Quantization scale = g.Scale();
        ImmutableArray<int> shape = g.Shape(3);
        return g.Build(g.Apply(OperatorCode.Relu6, [g.Input(shape, scale)], OperatorOptions.None, shape, scale));
    }

    private static Graph Extremum(ulong seed, OperatorCode code)
    {
        var g = new SmallGraph(seed);
        Quantization scale = g.Scale();
        ImmutableArray<int> shape = g.Shape(4);
        int both = g.Apply(code, [g.Input(shape, scale), g.Input(shape, scale)], OperatorOptions.None, shape, scale);
        return g.Build(g.Apply(code, [both, g.Constant([shape[3]], scale, -30, 30)], OperatorOptions.None, shape, scale));
    }

    private static Graph Prelu(ulong seed)
    {
        var g = new SmallGraph(seed);
        ImmutableArray<int> shape = g.Shape(4);
        int x = g.Input(shape), alpha = g.Constant([1, 1, shape[3]], g.Scale(0.01f));
        return g.Build(g.Apply(OperatorCode.Prelu, [x, alpha], OperatorOptions.None, shape, g.Scale()));
    }

    /// <summary>Operands of one shape, one repeated along some dimensions, and a constant.</summary>
    private static Graph Binary(ulong seed, OperatorCode code, float scale)
    {
        var g = new SmallGraph(seed);
        ImmutableArray<int> shape = g.Shape(4);
        int a = g.Input(shape), b = g.Input([.. shape.Select(d => g.Between(0, 2) == 0 ? 1 : d)]);
        OperatorOptions options = new ArithmeticOptions(seed % 3 == 0 ? FusedActivation.Relu6 : FusedActivation.None);
        int sum = g.Apply(code, [a, b], options, shape, g.Scale(0.1f * scale));
        int twice = g.Apply(code, [sum, a], options, shape, g.Scale(0.2f * scale));
        ImmutableArray<int> last = g.Between(0, 1) == 0 ? [shape[3]] : [];
        return g.Build(g.Apply(code, [g.Constant(last, g.Scale()), twice], options, shape, g.Scale(0.3f * scale)));
    }

    private static Graph Rescale(ulong seed)
    {
        var g = new SmallGraph(seed);
        ImmutableArray<int> shape = g.Shape(3);
        int x = g.Input(shape, Quantization.PerTensor(0.07f, g.Between(0, 255)), ElementType.UInt8);
        int y = g.Apply(OperatorCode.Quantize, [x], OperatorOptions.None, shape, g.Scale(0.1f));
        int z = g.Apply(OperatorCode.Quantize, [y], OperatorOptions.None, shape, g.Scale(0.02f));
        return g.Build(g.Apply(OperatorCode.Quantize, [z], OperatorOptions.None, shape, Quantization.PerTensor(0.05f, g.Between(0, 255)), ElementType.UInt8));
    }

    private static Graph Floats(ulong seed)
    {
        var g = new SmallGraph(seed);
        ImmutableArray<int> shape = g.Shape(3);
        int x = g.Input(shape, type: ElementType.Float32);
        int y = g.Apply(OperatorCode.Quantize, [x], OperatorOptions.None, shape, g.Scale());
        if (seed % 2 == 0)
            y = g.Apply(OperatorCode.Quantize, [y], OperatorOptions.None, shape, Quantization.PerTensor(0.05f, g.Between(0, 255)), ElementType.UInt8);
        return g.Build(g.Apply(OperatorCode.Dequantize, [y], OperatorOptions.None, shape, null, ElementType.Float32));
    }

    /// <summary>From int8 to a wide type, to int16 where that is not it, and back.</summary>
    private static Graph RescaleWide(ulong seed, ElementType type)
    {
        var g = new SmallGraph(seed);
        ImmutableArray<int> shape = g.Shape(3);
        bool wideEnd = seed % 2 == 0;
        float scale = type == ElementType.Int16 ? 0.0004f : 1e-6f;
        int x = wideEnd ? g.Input(shape, Quantization.PerTensor(scale, 0), type) : g.Input(shape);
        int y = wideEnd ? x : g.Apply(OperatorCode.Quantize, [x], OperatorOptions.None, shape, Quantization.PerTensor(scale, 0), type);
        int z = g.Apply(OperatorCode.Quantize, [y], OperatorOptions.None, shape, Quantization.PerTensor(0.0003f, 0), ElementType.Int16);
        int narrow = g.Apply(OperatorCode.Quantize, [seed % 4 < 2 ? z : y], OperatorOptions.None, shape, g.Scale());
        return g.Build(narrow, z, g.Apply(OperatorCode.Quantize, [z], OperatorOptions.None, shape, Quantization.PerTensor(2e-6f, 0), ElementType.Int32));
    }

    private static Graph FloatsWide(ulong seed)
    {
        var g = new SmallGraph(seed);
        ImmutableArray<int> shape = g.Shape(3);
        int x = g.Input(shape, type: ElementType.Float32);
        int y = g.Apply(OperatorCode.Quantize, [x], OperatorOptions.None, shape, Quantization.PerTensor(0.0001f * (1 + seed % 3), 0), ElementType.Int16);
        return g.Build(g.Apply(OperatorCode.Dequantize, [y], OperatorOptions.None, shape, null, ElementType.Float32));
    }

    private static Graph ArgExtremum(ulong seed, OperatorCode code)
    {
        var g = new SmallGraph(seed);
        ImmutableArray<int> shape = g.Shape(4);
        int axis = g.Between(1, 3);
        return g.Build(g.Apply(code, [g.Input(shape), g.Integers(seed % 2 == 0 ? axis : axis - 4)], new ArgMaxOptions(ElementType.Int32),
            shape.RemoveAt(axis), null, ElementType.Int32));
    }

    private static Graph Squeeze(ulong seed)
    {
        var g = new SmallGraph(seed);
        Quantization scale = g.Scale();
        int a = g.Between(1, 5), b = g.Between(1, 5);
        int x = g.Input([1, a, 1, b], scale);
        int y = g.Apply(OperatorCode.Squeeze, [x], new SqueezeOptions([2]), [1, a, b], scale);
        int z = g.Apply(OperatorCode.Add, [y, y], new ArithmeticOptions(), [1, a, b], g.Scale(0.1f));
        return g.Build(g.Apply(OperatorCode.ExpandDims, [z, g.Integers(0)], OperatorOptions.None, [1, 1, a, b], g[z].Quantization));
    }

    private static Graph Transpose(ulong seed)
    {
        var g = new SmallGraph(seed);
        int rank = g.Between(2, 5);
        Quantization scale = g.Scale();
        int x = g.Input([.. Enumerable.Range(0, rank).Select(_ => g.Between(1, 4))], scale);
        int[] order = [.. Enumerable.Range(0, rank).OrderBy(_ => g.Between(0, 1000))];
        return g.Build(g.Apply(OperatorCode.Transpose, [x, g.Integers(order)], OperatorOptions.None, [.. order.Select(i => g[x].Shape[i])], scale));
    }

    private static Graph Concatenation(ulong seed)
    {
        var g = new SmallGraph(seed);
        Quantization scale = g.Scale();
        ImmutableArray<int> shape = g.Shape(4);
        int axis = g.Between(1, 3), more = g.Between(1, 3), last = g.Between(1, 3);
        int a = g.Input(shape, scale), b = g.Input(shape.SetItem(axis, more), scale), c = g.Constant(shape.SetItem(axis, last), scale);
        return g.Build(g.Apply(OperatorCode.Concatenation, [a, b, c, a], new ConcatenationOptions(axis - (seed % 2 == 0 ? 4 : 0)),
            shape.SetItem(axis, 2 * shape[axis] + more + last), scale));
    }

    private static Graph Pack(ulong seed)
    {
        var g = new SmallGraph(seed);
        Quantization scale = g.Scale();
        ImmutableArray<int> shape = g.Shape(3);
        int axis = g.Between(0, 3), a = g.Input(shape, scale), b = g.Input(shape, scale);
        return g.Build(g.Apply(OperatorCode.Pack, [a, b, a], new PackOptions(3, axis), shape.Insert(axis, 3), scale));
    }

    private static Graph Pad(ulong seed, OperatorCode code)
    {
        var g = new SmallGraph(seed);
        Quantization scale = g.Scale();
        int x = g.Input(g.Shape(4), scale);
        int[] paddings = [.. Enumerable.Range(0, 8).Select(i => i < 2 ? 0 : g.Between(0, 2))];
        ImmutableArray<int> shape = [.. g[x].Shape.Select((d, i) => d + paddings[2 * i] + paddings[2 * i + 1])];
        ImmutableArray<int> operands = [x, g.Integers(paddings)];
        if (code == OperatorCode.PadV2) operands = operands.Add(g.Constant([1], scale));
        return g.Build(g.Apply(code, operands, OperatorOptions.None, shape, scale));
    }

    private static Graph Split(ulong seed)
    {
        var g = new SmallGraph(seed);
        Quantization scale = g.Scale();
        ImmutableArray<int> part = g.Shape(4);
        int axis = g.Between(1, 3), count = g.Between(2, 4);
        int x = g.Input(part.SetItem(axis, part[axis] * count), scale);
        ImmutableArray<int> parts = g.ApplyMany(OperatorCode.Split, [g.Integers(axis), x], new SplitOptions(count), count, part, scale);
        return g.Build([g.Apply(OperatorCode.Add, [parts[0], parts[1]], new ArithmeticOptions(), part, g.Scale(0.1f)), .. parts[1..]]);
    }

    private static Graph Unpack(ulong seed)
    {
        var g = new SmallGraph(seed);
        Quantization scale = g.Scale();
        ImmutableArray<int> part = g.Shape(3);
        int axis = g.Between(0, 3), count = g.Between(1, 4);
        int x = g.Input(part.Insert(axis, count), scale);
        return g.Build(g.ApplyMany(OperatorCode.Unpack, [x], new PackOptions(count, axis), count, part, scale));
    }

    private static Graph Slice(ulong seed)
    {
        var g = new SmallGraph(seed);
        Quantization scale = g.Scale();
        int x = g.Input(g.Shape(4), scale);
        int[] begin = [.. g[x].Shape.Select(d => g.Between(0, d - 1))], size = [.. g[x].Shape.Select((d, i) => g.Between(1, d - begin[i]))];
        int[] asked = [.. size.Select((s, i) => begin[i] + s == g[x].Shape[i] ? -1 : s)];
        return g.Build(g.Apply(OperatorCode.Slice, [x, g.Integers(begin), g.Integers(asked)], OperatorOptions.None, [.. size], scale));
    }

    private static Graph StridedSlice(ulong seed)
    {
        var g = new SmallGraph(seed);
        Quantization scale = g.Scale();
        int h = g.Between(2, 6), w = g.Between(2, 6), c = g.Between(1, 4);
        int x = g.Input([1, h, w, c], scale);
        int rowStep = g.Between(1, 2), row = g.Between(0, h - 1);
        // Rows from one on, columns backwards, one channel.
        int[] begin = [0, row, -1, c - 1], end = [1, 99, 0, 77], step = [1, rowStep, -1, 1];
        int rows = (h - row + rowStep - 1) / rowStep;
        return g.Build(g.Apply(OperatorCode.StridedSlice, [x, g.Integers(begin), g.Integers(end), g.Integers(step)],
            new StridedSliceOptions(1, 4, 0, 0, 8), [1, rows, w], scale));
    }
}
