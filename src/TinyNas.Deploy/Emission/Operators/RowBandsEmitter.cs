using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// A pointwise and a depthwise convolution in bands of rows (<see cref="RowBands"/>): calls of their own kernels on parts of the
/// maps. Bands of one shape share their parameters, all bands the weights.
/// </summary>
internal sealed class RowBandsEmitter : IOperatorEmitter
{
    public void Validate(EmissionStep step)
    {
        OperatorEmitters.Of(Part(step, step.First)).Validate(Part(step, step.First));
        OperatorEmitters.Of(Part(step, step.Last)).Validate(Part(step, step.Last));
    }

    public OperatorCost Estimate(EmissionStep step)
    {
        var (first, second) = Prepared(step);
        OperatorCost a = OperatorEmitters.Of(Part(step, first)).Estimate(Part(step, first)), b = OperatorEmitters.Of(Part(step, second)).Estimate(Part(step, second));
        RowBands.Band[] bands = [.. Bands(step)];
        int shapesA = bands.Where(s => s.New > 0).Select(s => s.New).Distinct().Count(), shapesB = bands.Select(s => (s.Held, s.PadTop, s.Outputs)).Distinct().Count();
        return new OperatorCost(
            a.Macs + b.Macs,
            a.ConstantBytes + b.ConstantBytes + (shapesA - 1L) * Conv2DEmitter.ParameterBytes + (shapesB - 1L) * DepthwiseConv2DEmitter.ParameterBytes,
            [.. a.Kernels.Union(b.Kernels)])
        {
            Calls = bands.Length + bands.Count(s => s.New > 0) + bands.Count(Moves),
        };
    }

    public void Emit(EmissionStep step, CSource source)
    {
        var (first, second) = Prepared(step);
        int input = source.OffsetOf(first.Input), output = source.OffsetOf(second.Output), buffer = source.BufferOf(step.Index);
        int inputRow = step.TensorOf(first.Input).Bytes / first.Window.InputHeight, outputRow = step.TensorOf(second.Output).Bytes / second.Window.OutputHeight;
        int row = step.TensorOf(second.Input).Bytes / second.Window.InputHeight;
        foreach (RowBands.Band band in Bands(step))
        {
            if (Moves(band)) source.Move(buffer, buffer + band.Drop * row, band.Keep * row);
            if (band.New > 0)
                Emit(step, source, first with { Window = first.Window with { InputHeight = band.New, OutputHeight = band.New } },
                    input + band.FirstNew * inputRow, buffer + band.Keep * row);
            Emit(step, source, second with { Window = second.Window with { InputHeight = band.Held, OutputHeight = band.Outputs, PadTop = band.PadTop } },
                buffer, output + band.FirstOutput * outputRow);
        }
    }

    private static void Emit(EmissionStep step, CSource source, PreparedOperator part, int input, int output)
    {
        source.Place(part.Input, input);
        source.Place(part.Output, output);
        OperatorEmitters.Of(Part(step, part)).Emit(Part(step, part), source);
        source.Replace();
    }

    private static bool Moves(RowBands.Band band) => band.Drop > 0 && band.Keep > 0;

    private static IEnumerable<RowBands.Band> Bands(EmissionStep step) => RowBands.Of(Prepared(step).Second.Window, step.BandRows);

    private static (PreparedConv2D First, PreparedDepthwiseConv2D Second) Prepared(EmissionStep step) =>
        ((PreparedConv2D)step.First, (PreparedDepthwiseConv2D)step.Last);

    private static EmissionStep Part(EmissionStep step, PreparedOperator part) => step with { Operators = [part], BandRows = 0 };
}
