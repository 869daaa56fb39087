using System.Collections.Immutable;
using TinyNas.Model;
using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>FULLY_CONNECTED with int8 weights, quantised as a whole or per output channel.</summary>
internal static class FullyConnectedPreparation
{
    public static PreparedOperator Prepare(OperatorContext context)
    {
        var options = context.Options<FullyConnectedOptions>();
        Tensor filter = context.InputAt(1);
        context.Require(filter.Type == ElementType.Int8 && filter.IsConstant && filter.Shape.Length == 2, "its weights must be an Int8 constant of two dimensions");
        int units = filter.Shape[0], depth = filter.Shape[1];
        context.Require(depth > 0 && context.Input.Count % depth == 0, "its weights and input have different depths");
        int rows = context.Input.Count / depth;
        context.Require(context.Output.Count == (long)rows * units, "its weights and output have different units");

        (float inputScale, int inputZero) = context.Int8(context.Input, "its input");
        (float outputScale, int outputZero) = context.Int8(context.Output, "its output");
        ImmutableArray<float> scales = FilterScales.Of(context, filter, 0, units);
        var multipliers = new int[scales.Length];
        var shifts = new int[scales.Length];
        for (int c = 0; c < scales.Length; c++)
        {
            // With one scale the reference multiplies in float32, with several in double; the last bit differs.
            double real = scales.Length == 1 ? inputScale * scales[0] : (double)inputScale * scales[c];
            FixedPoint.QuantizeMultiplier(real / outputScale, out multipliers[c], out shifts[c]);
            context.Require(shifts[c] <= 30, "its multiplier is too large");
        }
        (int minimum, int maximum) = context.Range(options.Activation, outputScale, outputZero);
        return new PreparedFullyConnected(
            context.Operator, context.InputIndex(0), context.InputIndex(1), context.Bias(2, units), context.Operator.Outputs[0],
            rows, depth, units, new Requantization([.. multipliers], [.. shifts], inputZero, outputZero, minimum, maximum));
    }
}
