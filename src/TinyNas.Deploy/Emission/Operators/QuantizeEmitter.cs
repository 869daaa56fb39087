using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>QUANTIZE and DEQUANTIZE. Those with an end of int16 or int32 have kernels of their own, which leaves the others small.</summary>
internal sealed class QuantizeEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure of rescaling: 2 integers and 5 short ones, filled up.</summary>
    public const int RescaleBytes = 2 * 4 + 6 * 2;

    public AccessOrder Access(Graph graph, PlannedStep step) => AccessOrder.Elements;

    public void Validate(EmissionStep step)
    {
    }

    public OperatorCost Estimate(EmissionStep step) => step.First switch
    {
        // Parameter structures: an integer, a float and 2 short integers.
        PreparedRescale => new(0, RescaleBytes, [Kernel.Common, Kernel.Requantise, Kernel.Rescale]),
        // 2 integers and 5 short ones, filled up; an integer and a float.
        PreparedRescaleWide => new(0, 2 * 4 + 6 * 2, [Kernel.Common, Kernel.Scale, Kernel.RescaleWide]),
        PreparedQuantize { IsWide: true } => new(0, 2 * 4, [Kernel.QuantizeWide]),
        PreparedDequantize { IsWide: true } => new(0, 2 * 4, [Kernel.DequantizeWide]),
        PreparedQuantize => new(0, 2 * 4 + 2 * 2, [Kernel.Common, Kernel.Quantize]),
        _ => new(0, 2 * 4 + 2 * 2, [Kernel.Common, Kernel.Dequantize]),
    };

    public void Emit(EmissionStep step, CSource source)
    {
        source.Kernels.UnionWith(Estimate(step).Kernels);
        string name = $"step_{step.Index}";
        switch (step.First)
        {
            case PreparedRescale p:
                source.Requantises(p.Shift, 255);
                source.Call("rescale_run", source.Parameters("rescale", name, p.Count, p.Multiplier, p.Shift,
                    Zero(p.InputZeroPoint, p.InputSigned), Zero(p.OutputZeroPoint, p.OutputSigned), Flip(p.InputSigned), Flip(p.OutputSigned)), p.Input, p.Output);
                break;
            case PreparedRescaleWide p:
                source.ShiftsLeft |= p.Shift > 0;
                source.Call("rescale_wide_run", source.Parameters("rescale_wide", name, p.Count, p.Multiplier, p.Shift,
                    p.InputZeroPoint, p.OutputZeroPoint, p.InputSize, p.OutputSize), p.Input, p.Output);
                break;
            case PreparedQuantize { IsWide: true } p:
                source.Call("quantize_wide_run", source.Parameters("quantize_wide", name, p.Count, CText.Float(p.Scale)), p.Input, p.Output);
                break;
            case PreparedDequantize { IsWide: true } p:
                source.Call("dequantize_wide_run", source.Parameters("dequantize_wide", name, p.Count, CText.Float(p.Scale)), p.Input, p.Output);
                break;
            case PreparedQuantize p:
                source.Call("quantize_run", source.Parameters("quantize", name, p.Count, CText.Float(p.Scale), Zero(p.ZeroPoint, p.Signed), Flip(p.Signed)), p.Input, p.Output);
                break;
            case PreparedDequantize p:
                source.Call("dequantize_run", source.Parameters("dequantize", name, p.Count, CText.Float(p.Scale), Zero(p.ZeroPoint, p.Signed), Flip(p.Signed)), p.Input, p.Output);
                break;
        }
    }

    /// <summary>uint8 values are int8 values plus 128, which is the same as their top bit turned.</summary>
    private static int Zero(int zeroPoint, bool signed) => signed ? zeroPoint : zeroPoint - 128;

    private static int Flip(bool signed) => signed ? 0 : -128;
}
