using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>RESIZE_NEAREST_NEIGHBOR and RESIZE_BILINEAR: positions are computed here as the reference kernels do at run time.</summary>
internal static class ResizePreparation
{
    public static PreparedOperator Nearest(OperatorContext context)
    {
        context.Require(
            context.Input.Type is ElementType.Int8 or ElementType.Int16 or ElementType.Float32, $"it is on {context.Input.Type}; only Int8, Int16 and Float32 have a kernel");
        return Prepare(context, false, NearestTable);
    }

    public static PreparedOperator Bilinear(OperatorContext context)
    {
        context.Require(context.Input.Type == ElementType.Int8, $"it is on {context.Input.Type}; only Int8 has a kernel");
        var options = context.Options<ResizeOptions>();
        context.Require(!options.AlignCorners || !options.HalfPixelCenters, "it has aligned corners and half pixel centers");
        return Prepare(context, true, BilinearTable);
    }

    private static PreparedResize Prepare(OperatorContext context, bool isBilinear, Func<OperatorContext, ResizeOptions, int, int, ImmutableArray<short>> table)
    {
        var options = context.Options<ResizeOptions>();
        Tensor input = context.Input, output = context.Output;
        context.SameType(input, output);
        context.Require(input.Shape.Length == 4 && output.Shape.Length == 4, "its maps must have four dimensions");
        context.Require(input.Shape[0] == 1 && output.Shape[0] == 1, "the batch must be 1");
        context.Require(input.Shape[3] == output.Shape[3], "its input and output have different channels");
        context.Require(context.Integers(1, "its size").SequenceEqual([output.Shape[1], output.Shape[2]]), "its size is not that of its output");
        foreach (int size in (int[])[input.Shape[1], input.Shape[2], output.Shape[1], output.Shape[2]])
            context.Require(size is > 0 and <= short.MaxValue, $"a size of {size} is beyond {short.MaxValue}");
        return new PreparedResize(
            context.Operator, context.InputIndex(0), context.Operator.Outputs[0], isBilinear, input.Shape[2], input.Shape[3] * input.Type.Size(),
            table(context, options, input.Shape[1], output.Shape[1]), table(context, options, input.Shape[2], output.Shape[2]));
    }

    /// <summary>In float32, each operation rounded.</summary>
    private static ImmutableArray<short> NearestTable(OperatorContext context, ResizeOptions options, int input, int output)
    {
        float scale = options.AlignCorners && output > 1 ? (input - 1) / (float)(output - 1) : input / (float)output;
        return [.. Enumerable.Range(0, output).Select(i =>
        {
            float position = (i + (options.HalfPixelCenters ? 0.5f : 0)) * scale;
            float whole = options.AlignCorners ? MathF.Round(position, MidpointRounding.AwayFromZero) : MathF.Floor(position);
            return (short)Math.Min((int)whole, input - 1);
        })];
    }

    /// <summary>In integers with 10 fractional bits.</summary>
    private static ImmutableArray<short> BilinearTable(OperatorContext context, ResizeOptions options, int input, int output)
    {
        const int one = 1 << 10;
        int scale = options.AlignCorners && output > 1 ? (one * (input - 1) + (output - 1) / 2) / (output - 1) : (one * input + output / 2) / output;
        var table = ImmutableArray.CreateBuilder<short>(3 * output);
        for (int i = 0; i < output; i++)
        {
            int position = i * scale + (options.HalfPixelCenters ? scale / 2 - one / 2 : 0);
            int first = Math.Max(position / one, 0), second = Math.Min((position + one - 1) / one, input - 1);
            // The rounded scale leads outside where many positions are made of few; the reference reads what lies there.
            context.Require(first < input, $"{input} positions cannot become {output}");
            table.Add((short)first);
            table.Add((short)second);
            table.Add((short)(position - one * first));
        }
        return table.MoveToImmutable();
    }
}
