using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>Operators that move a whole tensor, or join several: TRANSPOSE, CONCATENATION, PACK, PAD and PADV2.</summary>
internal static class RearrangePreparation
{
    public static PreparedOperator Transpose(OperatorContext context)
    {
        Tensor input = context.Input, output = context.Output;
        ReadOnlySpan<int> order = context.Integers(1, "its permutation");
        int rank = input.Shape.Length;
        context.Require(order.Length == rank && output.Shape.Length == rank, "its permutation has another length than its shapes");
        context.SameType(input, output);
        int[] from = RearrangeBlock.Strides(input.Shape), to = RearrangeBlock.Strides(output.Shape);
        var block = new RearrangeBlock(context, context.InputIndex(0), context.Operator.Outputs[0]);
        var seen = new bool[rank];
        for (int i = 0; i < rank; i++)
        {
            int axis = context.Axis(order[i], rank);
            context.Require(!seen[axis] && output.Shape[i] == input.Shape[axis], "its output is not its input permuted");
            seen[axis] = true;
            block.Add(output.Shape[i], from[axis], to[i]);
        }
        return context.Rearranged([block.ToPart()]);
    }

    public static PreparedOperator Concatenate(OperatorContext context)
    {
        var options = context.Options<ConcatenationOptions>();
        Tensor output = context.Output;
        context.Require(options.Activation == FusedActivation.None, "its fused activation has no kernel");
        int axis = context.Axis(options.Axis, output.Shape.Length);
        return Join(context, axis, i => context.InputAt(i).Shape);
    }

    public static PreparedOperator Pack(OperatorContext context)
    {
        var options = context.Options<PackOptions>();
        int axis = context.Axis(options.Axis, context.Output.Shape.Length);
        context.Require(options.Count == context.Operator.Inputs.Length, "it has another number of inputs than it says");
        return Join(context, axis, i => context.InputAt(i).Shape.Length == context.Output.Shape.Length - 1
            ? context.InputAt(i).Shape.Insert(axis, 1)
            : throw context.Unsupported("its shapes do not match"));
    }

    public static PreparedOperator Pad(OperatorContext context)
    {
        Tensor input = context.Input, output = context.Output;
        ReadOnlySpan<int> paddings = context.Integers(1, "its paddings");
        int rank = input.Shape.Length;
        context.Require(paddings.Length == 2 * rank && output.Shape.Length == rank, "its paddings are not two for each dimension");
        context.SameType(input, output);
        int[] from = RearrangeBlock.Strides(input.Shape), to = RearrangeBlock.Strides(output.Shape);
        var block = new RearrangeBlock(context, context.InputIndex(0), context.Operator.Outputs[0]);
        for (int i = 0; i < rank; i++)
        {
            int before = paddings[2 * i], after = paddings[2 * i + 1];
            context.Require(
                before >= 0 && after >= 0 && (long)before + after + input.Shape[i] == output.Shape[i], "its paddings do not lead to its output's shape");
            block.To += before * to[i];
            block.Add(input.Shape[i], from[i], to[i]);
        }
        return new PreparedRearrange(context.Operator, context.InputIndex(0), context.Operator.Outputs[0], [block.ToPart()], PadValue(context));
    }

    /// <summary>The byte that all padded elements consist of: the zero point, or PADV2's value.</summary>
    private static int PadValue(OperatorContext context)
    {
        Tensor output = context.Output;
        if (context.Operator.Code == OperatorCode.PadV2)
        {
            Tensor value = context.InputAt(2);
            context.SameType(value, output);
            context.Require(value.IsConstant && value.Count == 1, "its padding value must be one constant");
            byte first = value.Data.Span[0];
            context.Require(!value.Data.Span.ContainsAnyExcept(first), "its padding value has bytes that differ");
            return first;
        }
        if (output.Type is ElementType.Int8 or ElementType.UInt8) return (byte)context.PerTensor(output, "its output").ZeroPoint;
        context.Require(output.Quantization is not { } q || q.ZeroPoints.All(z => z == 0), "its output has a zero point");
        return 0;
    }

    private static PreparedRearrange Join(OperatorContext context, int axis, Func<int, ImmutableArray<int>> shapeOf)
    {
        Tensor output = context.Output;
        int[] to = RearrangeBlock.Strides(output.Shape);
        var parts = ImmutableArray.CreateBuilder<RearrangePart>();
        int at = 0;
        for (int k = 0; k < context.Operator.Inputs.Length; k++)
        {
            Tensor input = context.InputAt(k);
            ImmutableArray<int> shape = shapeOf(k);
            context.SameType(input, output);
            context.Require(SameScale(input, output), "an input has another scale or zero point than its output");
            context.Require(shape.Length == output.Shape.Length, "its shapes do not match");
            int[] from = RearrangeBlock.Strides(shape);
            var block = new RearrangeBlock(context, context.InputIndex(k), context.Operator.Outputs[0]) { To = at * to[axis] };
            for (int i = 0; i < shape.Length; i++)
            {
                context.Require(i == axis || shape[i] == output.Shape[i], "its shapes do not match");
                block.Add(shape[i], from[i], to[i]);
            }
            at += shape[axis];
            context.Require(at <= output.Shape[axis], "its shapes do not match");
            parts.Add(block.ToPart());
        }
        context.Require(at == output.Shape[axis], "its shapes do not match");
        return context.Rearranged(parts.ToImmutable());
    }

    private static bool SameScale(Tensor a, Tensor b) => a.Quantization is not { } q || b.Quantization is not { } r
        || (q.Scales.AsSpan().SequenceEqual(r.Scales.AsSpan()) && q.ZeroPoints.AsSpan().SequenceEqual(r.ZeroPoints.AsSpan()));
}
