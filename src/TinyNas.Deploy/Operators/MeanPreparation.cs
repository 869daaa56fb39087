using System.Numerics;
using TinyNas.Model;
using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>MEAN over adjacent axes of an int8 tensor; the division by the count goes into the multiplier.</summary>
internal static class MeanPreparation
{
    public static PreparedOperator Prepare(OperatorContext context)
    {
        Tensor input = context.Input, axes = context.InputAt(1);
        context.Require(axes.Type == ElementType.Int32 && axes.IsConstant, "its axes must be an Int32 constant");
        int rank = input.Shape.Length;
        var reduced = new bool[rank];
        foreach (int axis in axes.Values<int>())
        {
            context.Require(axis >= -rank && axis < rank, "an axis is outside the tensor");
            reduced[axis < 0 ? axis + rank : axis] = true;
        }
        int first = Array.IndexOf(reduced, true), last = Array.LastIndexOf(reduced, true);
        context.Require(first >= 0, "it has no axis");
        context.Require(!reduced.AsSpan(first, last - first + 1).Contains(false), "its axes are not adjacent");
        int outer = Product(input, 0, first), count = Product(input, first, last + 1), inner = Product(input, last + 1, rank);
        context.Require(count > 0 && count <= 1 << 23, "it averages too many elements for an int32 sum");
        context.Require(context.Output.Count == (long)outer * inner, "its output has another size");

        (float inputScale, int inputZero) = context.Int8(input, "its input");
        (float outputScale, int outputZero) = context.Int8(context.Output, "its output");
        FixedPoint.QuantizeMultiplier((double)inputScale / outputScale, out int multiplier, out int shift);
        int room = Math.Min(Math.Min(63 - BitOperations.LeadingZeroCount((ulong)count), 32), 31 + shift);
        multiplier = (int)(((long)multiplier << room) / count);
        shift -= room;
        context.Require(shift <= 30, "its multiplier is too large");
        return new PreparedMean(
            context.Operator, context.InputIndex(0), context.Operator.Outputs[0], outer, count, inner, multiplier, shift, inputZero, outputZero);
    }

    private static int Product(Tensor tensor, int start, int end)
    {
        int product = 1;
        for (int i = start; i < end; i++) product = checked(product * tensor.Shape[i]);
        return product;
    }
}
