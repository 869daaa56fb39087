using System.Collections.Immutable;
using TinyNas.Model;
using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>Tensors, constants and one kernel call per operator, as the interpreter's steps make them.</summary>
internal sealed class CallWriter(BindingsText text, Graph graph)
{
    private readonly Dictionary<int, string> tables = [];
    private int tableCount, parametersCount, packedCount;

    public void WriteAll()
    {
        ImmutableArray<PreparedOperator> operators = OperatorPreparation.PrepareAll(graph);
        foreach (int index in graph.Inputs.Concat(States()).Concat(operators.SelectMany(o => o.Operator.Outputs)).Distinct()) WriteTensor(index);
        text.Line("inputs", BindingsText.List(graph.Inputs)).Line("outputs", BindingsText.List(graph.Outputs));
        foreach (int state in States()) text.Line("state", T(state), BindingsText.Number(StateTensors.Fill(graph.Tensors[state])));
        foreach (PreparedOperator prepared in operators) Write(prepared);
    }

    private IEnumerable<int> States() => StateTensors.Of(graph);

    private void WriteTensor(int index)
    {
        Tensor tensor = graph.Tensors[index];
        text.Line("tensor", BindingsText.Number(index), BindingsText.Type(tensor.Type), BindingsText.List(tensor.Shape),
            tensor.Quantization is { } q ? BindingsText.Number(q.Scale) : "-",
            BindingsText.Number(tensor.Quantization?.ZeroPoints.FirstOrDefault() ?? 0), BindingsText.Text(tensor.Name));
    }

    /// <summary>The line of a new operator goes here (checklist at <see cref="OperatorPreparation"/>).</summary>
    private void Write(PreparedOperator prepared)
    {
        switch (prepared)
        {
            case PreparedConv2D p: Weighted(p, nameof(Conv2D), p.ToKernel(), p.Filter, p.Bias, p.Requantization, p.OutputChannels); break;
            case PreparedDepthwiseConv2D p: Weighted(p, nameof(DepthwiseConv2D), p.ToKernel(), p.Filter, p.Bias, p.Requantization, p.OutputChannels); break;
            case PreparedFullyConnected p: Weighted(p, nameof(FullyConnected), p.ToKernel(), p.Filter, p.Bias, p.Requantization, p.Units); break;
            case PreparedPool2D { IsAverage: true } p: Call(p, nameof(AveragePool2D), Parameters(p.ToKernel()), T(p.Input), T(p.Output)); break;
            case PreparedPool2D p: Call(p, nameof(MaxPool2D), Parameters(p.ToKernel()), T(p.Input), "s1", T(p.Output)); break;
            case PreparedMean p: Call(p, nameof(Mean), Parameters(p.ToKernel()), T(p.Input), T(p.Output)); break;
            case PreparedSoftmax p: Call(p, nameof(Softmax), Parameters(p.ToKernel()), T(p.Input), T(p.Output)); break;
            case PreparedAdd p: Call(p, nameof(Add), Parameters(p.ToKernel()), Operand(p.Input), Operand(p.Second), T(p.Output)); break;
            case PreparedMul p: Call(p, nameof(Mul), Parameters(p.ToKernel()), Operand(p.Input), Operand(p.Second), T(p.Output)); break;
            case PreparedRescale p:
                Method(p, nameof(Quantize), nameof(Quantize.Rescale), N(p.InputZeroPoint), N(p.InputSigned), N(p.Multiplier), N(p.Shift),
                    N(p.OutputZeroPoint), N(p.OutputSigned), Bytes(p.Input), Bytes(p.Output));
                break;
            case PreparedRescaleWide p:
                Method(p, nameof(QuantizeWide), nameof(QuantizeWide.Rescale), N(p.InputSize), N(p.InputZeroPoint), N(p.Multiplier), N(p.Shift),
                    N(p.OutputZeroPoint), N(p.OutputSize), Bytes(p.Input), Bytes(p.Output));
                break;
            case PreparedQuantize { IsWide: true } p: Method(p, nameof(QuantizeWide), nameof(QuantizeWide.FromFloat), N(p.Scale), T(p.Input), T(p.Output)); break;
            case PreparedDequantize { IsWide: true } p: Method(p, nameof(QuantizeWide), nameof(QuantizeWide.ToFloat), N(p.Scale), T(p.Input), T(p.Output)); break;
            case PreparedQuantize p:
                Method(p, nameof(Quantize), nameof(Quantize.FromFloat), N(p.Scale), N(p.ZeroPoint), N(p.Signed), T(p.Input), Bytes(p.Output));
                break;
            case PreparedDequantize p:
                Method(p, nameof(Quantize), nameof(Quantize.ToFloat), N(p.Scale), N(p.ZeroPoint), N(p.Signed), Bytes(p.Input), T(p.Output));
                break;
            case PreparedTable p:
                Call(p, nameof(ByteTable), Table(p.Table), T(p.Input), T(p.Output));
                break;
            case PreparedExtremum p: Call(p, nameof(Extremum), Parameters(p.ToKernel()), Operand(p.Input), Operand(p.Second), T(p.Output)); break;
            case PreparedPrelu p: Call(p, nameof(Prelu), Parameters(p.ToKernel()), Operand(p.Input), Operand(p.Alpha), T(p.Output)); break;
            case PreparedTransposeConv p:
                Call(p, nameof(TransposeConv), Parameters(p.ToKernel()), T(p.Input), Constant(p.Filter), p.Bias < 0 ? "default" : Constant(p.Bias),
                    Table(p.Requantization.Multipliers.Spread(p.OutputChannels)), Table(p.Requantization.Shifts.Spread(p.OutputChannels)), T(p.Output));
                break;
            case PreparedResize { IsBilinear: true } p:
                Call(p, nameof(ResizeBilinear), Parameters(new ResizeBilinearParameters(p.InputWidth, p.PixelBytes)), Table(p.Rows), Table(p.Columns), T(p.Input), T(p.Output));
                break;
            case PreparedResize p:
                Call(p, nameof(ResizeNearest), Parameters(new ResizeNearestParameters(p.InputWidth, p.PixelBytes)), Table(p.Rows), Table(p.Columns), Bytes(p.Input), Bytes(p.Output));
                break;
            case PreparedArgExtremum p: Call(p, nameof(ArgExtremum), Parameters(p.ToKernel()), T(p.Input), T(p.Output)); break;
            case PreparedLogSoftmaxInt8 p: Call(p, nameof(LogSoftmaxInt8), Parameters(p.ToKernel()), T(p.Input), T(p.Output)); break;
            case PreparedLogSoftmax p: Call(p, nameof(LogSoftmax), N(p.Depth), T(p.Input), T(p.Output)); break;
            case PreparedLstm p:
                Call(p, nameof(Lstm), Parameters(p.ToKernel()), T(p.Input), Table(p.InputWeights), Table(p.RecurrentWeights), Table([.. p.Bias]),
                    Table([.. p.Multipliers]), Table([.. p.Shifts]), T(p.HiddenState), T(p.CellState), T(p.Output));
                break;
            case PreparedSvdf p:
                Call(p, nameof(Svdf), Parameters(p.ToKernel()), T(p.Input), Constant(p.Features), Constant(p.Time),
                    p.Bias < 0 ? "default" : Constant(p.Bias), T(p.State), T(p.Output));
                break;
            case PreparedRearrange p: Rearranged(p); break;
            case PreparedCopy p: text.Line("copy", p.Operator.Code.Name(), T(p.Input), T(p.Output)); break;
            default: throw new NotSupportedException($"{prepared.GetType().Name} has no call.");
        }
    }

    private void Weighted<T>(PreparedOperator p, string kernel, T parameters, int filter, int bias, Requantization requantization, int channels)
        where T : struct
    {
        string by = Parameters(parameters), packed = $"k{packedCount}";
        text.Line("packed", BindingsText.Number(packedCount++), kernel, by, Constant(filter));
        string multipliers = Table(requantization.Multipliers.Spread(channels)), shifts = Table(requantization.Shifts.Spread(channels));
        Call(p, kernel, by, CallWriter.T(p.Input), packed, bias < 0 ? "default" : Constant(bias), multipliers, shifts, "s2", CallWriter.T(p.Output));
    }

    private void Call(PreparedOperator prepared, string kernel, params ReadOnlySpan<string> arguments) =>
        Method(prepared, kernel, "Run", arguments);

    private void Method(PreparedOperator prepared, string kernel, string method, params ReadOnlySpan<string> arguments) =>
        Line("call", prepared, prepared.Output, kernel, method, arguments);

    private void Line(string keyword, PreparedOperator prepared, int output, string kernel, string method, params ReadOnlySpan<string> arguments) =>
        text.Line(keyword, [prepared.Operator.Code.Name(), kernel, method, BindingsText.Number(output), .. arguments]);

    /// <summary>One call for each part; the last that writes an output leaves it.</summary>
    private void Rearranged(PreparedRearrange p)
    {
        if (p.Fill >= 0) Line("part", p, p.Output, nameof(Rearrange), nameof(Rearrange.Fill), N(p.Fill), Bytes(p.Output));
        for (int i = 0; i < p.Parts.Length; i++)
        {
            RearrangePart part = p.Parts[i];
            bool last = i + 1 == p.Parts.Length || p.Parts[i + 1].Target != part.Target;
            Tensor source = graph.Tensors[part.Source];
            string from = source.IsConstant ? Table(ElementType.UInt8, source.Bytes, source.Data.Span) : Bytes(part.Source);
            Line(last ? "call" : "part", p, part.Target, nameof(Rearrange), nameof(Rearrange.Run), Parameters(part.ToKernel()), from, Bytes(part.Target));
        }
    }

    private string Parameters<T>(T parameters) where T : struct
    {
        text.Line("parameters", BindingsText.Number(parametersCount), StructureText.Of(parameters));
        return $"p{parametersCount++}";
    }

    /// <summary>A constant tensor, written where it is first used.</summary>
    private string Constant(int index)
    {
        if (tables.TryGetValue(index, out string? written)) return written;
        Tensor tensor = graph.Tensors[index];
        return tables[index] = Table(tensor.Type, tensor.Count, tensor.Data.Span);
    }

    private string Table(ImmutableArray<sbyte> values) =>
        Table(ElementType.Int8, values.Length, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));

    private string Table(ImmutableArray<short> values) =>
        Table(ElementType.Int16, values.Length, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));

    private string Table(int[] values) => Table(ElementType.Int32, values.Length, System.Runtime.InteropServices.MemoryMarshal.AsBytes<int>(values));

    private string Table(ElementType type, int count, ReadOnlySpan<byte> data)
    {
        text.Line("table", BindingsText.Number(tableCount), BindingsText.Type(type), BindingsText.Number(count), Convert.ToBase64String(data));
        return $"c{tableCount++}";
    }

    /// <summary>An operand that may be a constant.</summary>
    private string Operand(int tensor) => graph.Tensors[tensor].IsConstant ? Constant(tensor) : T(tensor);

    private static string T(int tensor) => $"t{tensor}";

    private static string Bytes(int tensor) => $"b{tensor}";

    private static string N(int value) => StructureText.Value(value);

    private static string N(float value) => StructureText.Value(value);

    private static string N(bool value) => StructureText.Value(value);
}
