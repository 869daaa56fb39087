using System.Collections.Immutable;
using TinyNas.Model;
using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>UNIDIRECTIONAL_SEQUENCE_LSTM: int8 inputs, weights and hidden state, int16 cell, without peepholes, projection or normalisation.</summary>
internal static class LstmPreparation
{
    private const int Gates = 4, FirstInputWeights = 1, FirstRecurrentWeights = 5, FirstBias = 12, Hidden = 18, Cell = 19;

    /// <summary>Gates' sums are Q3.12, their functions' results Q0.15.</summary>
    private const float SumScale = 1f / 4096, ResultScale = 1f / 32768;

    public static PreparedOperator Prepare(OperatorContext context)
    {
        var options = context.Options<LstmOptions>();
        foreach (int position in (int[])[9, 10, 11, 16, 17, 20, 21, 22, 23])
            context.Require(context.OptionalInputIndex(position) < 0, "its peepholes, projection or normalisation have no kernel");
        context.Require(options.Activation == FusedActivation.Tanh && !options.DiagonalRecurrence, "its activation is not tanh, or its recurrence diagonal");
        Tensor input = context.Input, hidden = context.InputAt(Hidden), cell = context.InputAt(Cell);
        context.Require(input.Shape.Length == 3 && hidden.Shape.Length >= 1, "its input must have three dimensions");
        int units = hidden.Shape[^1], inputs = input.Shape[2], steps = input.Shape[options.TimeMajor ? 0 : 1];
        context.Require(input.Shape[options.TimeMajor ? 1 : 0] == 1, "the batch must be 1");
        context.Require(hidden.IsVariable && cell.IsVariable && hidden.Count == units && cell.Count == units, "its states must be variables, one value per unit");
        context.Require(context.Output.Count == (long)steps * units, "its output has another size");
        (float inputScale, int inputZero) = context.Int8(input, "its input");
        (float hiddenScale, int hiddenZero) = context.Int8(hidden, "its hidden state");
        context.Int8(context.Output, "its output");
        context.Require(cell.Type == ElementType.Int16 && cell.Quantization is { IsPerTensor: true }, "its cell must be Int16 with one scale");
        float cellScale = cell.Quantization!.Scale;
        int power = PowerOfTwo(context, cellScale);

        var multipliers = new int[2 * Gates];
        var shifts = new int[2 * Gates];
        for (int g = 0; g < Gates; g++)
        {
            Scale(context, inputScale, context.InputAt(FirstInputWeights + g), units, inputs, out multipliers[g], out shifts[g]);
            Scale(context, hiddenScale, context.InputAt(FirstRecurrentWeights + g), units, units, out multipliers[Gates + g], out shifts[Gates + g]);
        }
        FixedPoint.QuantizeMultiplier((double)ResultScale * cellScale / cellScale, out int forget, out int forgetShift);
        FixedPoint.QuantizeMultiplier((double)ResultScale * ResultScale / cellScale, out int candidate, out int candidateShift);
        FixedPoint.QuantizeMultiplier((double)ResultScale * ResultScale / hiddenScale, out int output, out int outputShift);
        context.Require(candidateShift <= 0 && outputShift <= 0, "the scale of its cell or hidden state is too small");
        context.Require(options.CellClip >= 0 && float.IsFinite(options.CellClip), "its clipping is no positive number");
        int clip = (int)Math.Min((double)options.CellClip / cellScale, short.MaxValue);
        context.Require(options.CellClip == 0 || clip > 0, "its clipping leaves nothing");
        int left = power + 12;
        return new PreparedLstm(
            context.Operator, context.InputIndex(0), context.InputIndex(Hidden), context.InputIndex(Cell), context.Operator.Outputs[0], steps, inputs, units,
            ByUnit(g => context.InputAt(FirstInputWeights + g).Values<sbyte>(), units, inputs),
            ByUnit(g => context.InputAt(FirstRecurrentWeights + g).Values<sbyte>(), units, units),
            ByUnit(g => context.Bias(FirstBias + g, units) is >= 0 and var bias ? context.Graph.Tensors[bias].Values<int>() : throw context.Unsupported("a bias is missing"), units, 1),
            [.. multipliers], [.. shifts], inputZero, hiddenZero, forget, forgetShift, candidate, candidateShift, output, outputShift,
            clip, left >= 0 ? 3 << left : 3, left >= 0 ? 0 : -left);
    }

    /// <summary>As a fully connected layer of one scale: the product of the scales is taken in float32.</summary>
    private static void Scale(OperatorContext context, float scale, Tensor weights, int units, int depth, out int multiplier, out int shift)
    {
        context.Require(weights.Type == ElementType.Int8 && weights.IsConstant && weights.Shape.AsSpan().SequenceEqual([units, depth]), "its weights must be Int8 constants of its sizes");
        ImmutableArray<float> scales = FilterScales.Of(context, weights, 0, units);
        context.Require(scales.Length == 1, "its weights have several scales");
        float product = scale * scales[0];
        FixedPoint.QuantizeMultiplier(product / (double)SumScale, out multiplier, out shift);
        context.Require(shift <= 30, "its multiplier is too large");
    }

    private static int PowerOfTwo(OperatorContext context, float scale)
    {
        int power = scale > 0 && float.IsFinite(scale) ? (int)MathF.Round(MathF.ILogB(scale)) : 0;
        context.Require(scale == MathF.ScaleB(1, power) && power is >= -26 and <= 0, "its cell's scale is not a power of two between 2^-26 and 1");
        return power;
    }

    private delegate ReadOnlySpan<T> Values<T>(int gate);

    private static ImmutableArray<T> ByUnit<T>(Values<T> of, int units, int depth)
    {
        var all = new T[units * Gates * depth];
        for (int g = 0; g < Gates; g++)
        {
            ReadOnlySpan<T> values = of(g);
            for (int u = 0; u < units; u++) values.Slice(u * depth, depth).CopyTo(all.AsSpan((u * Gates + g) * depth));
        }
        return ImmutableArray.Create(all);
    }
}
