using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>Operators that copy a part of a tensor, or several: SPLIT, UNPACK, SLICE and STRIDED_SLICE.</summary>
internal static class SlicePreparation
{
    public static PreparedOperator Split(OperatorContext context)
    {
        Tensor input = context.InputAt(1);
        ReadOnlySpan<int> axes = context.Integers(0, "its axis");
        context.Require(axes.Length == 1, "it has no axis");
        int axis = context.Axis(axes[0], input.Shape.Length), count = context.Operator.Outputs.Length;
        context.Require(input.Shape[axis] % count == 0, "its axis does not split evenly");
        int size = input.Shape[axis] / count;
        return context.Rearranged([.. Enumerable.Range(0, count).Select(k => Part(
            context, 1, k, Whole(input) with { Begin = Whole(input).Begin.SetItem(axis, k * size), Count = input.Shape.SetItem(axis, size) }, []))]);
    }

    public static PreparedOperator Unpack(OperatorContext context)
    {
        Tensor input = context.Input;
        int axis = context.Axis(context.Options<PackOptions>().Axis, input.Shape.Length), count = context.Operator.Outputs.Length;
        context.Require(input.Shape[axis] == count, "it has another number of outputs than its axis has elements");
        return context.Rearranged([.. Enumerable.Range(0, count).Select(k => Part(
            context, 0, k, Whole(input) with { Begin = Whole(input).Begin.SetItem(axis, k), Count = input.Shape.SetItem(axis, 1) }, [axis]))]);
    }

    public static PreparedOperator Slice(OperatorContext context)
    {
        Tensor input = context.Input;
        int rank = input.Shape.Length;
        ReadOnlySpan<int> begin = context.Integers(1, "where it begins"), size = context.Integers(2, "its size");
        context.Require(begin.Length == rank && size.Length == rank, "it has not one beginning and size for each dimension");
        var count = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            count[i] = size[i] == -1 ? input.Shape[i] - begin[i] : size[i];
            context.Require(begin[i] >= 0 && count[i] > 0 && begin[i] <= input.Shape[i] - count[i], "it reaches outside the tensor");
        }
        return context.Rearranged([Part(context, 0, 0, Whole(input) with { Begin = [.. begin], Count = [.. count] }, [])]);
    }

    public static PreparedOperator StridedSlice(OperatorContext context)
    {
        var options = context.Options<StridedSliceOptions>();
        Tensor input = context.Input;
        int rank = input.Shape.Length;
        ReadOnlySpan<int> begin = context.Integers(1, "where it begins"), end = context.Integers(2, "where it ends"), stride = context.Integers(3, "its strides");
        context.Require(begin.Length == rank && end.Length == rank && stride.Length == rank, "it has not one beginning, end and stride for each dimension");
        context.Require(options is { EllipsisMask: 0, NewAxisMask: 0, Offset: false }, "its ellipsis, new axis or offset has no kernel");
        var first = new int[rank];
        var count = new int[rank];
        var dropped = new List<int>();
        for (int i = 0; i < rank; i++)
        {
            int size = input.Shape[i], step = stride[i];
            context.Require(step is not 0 and not int.MinValue, "a stride is 0");
            // Positions before the first element or behind the last are those just outside.
            int low = step > 0 ? 0 : -1, high = step > 0 ? size : size - 1;
            int At(int index) => (int)Math.Clamp(index < 0 ? (long)index + size : index, low, high);
            first[i] = (options.BeginMask >> i & 1) != 0 ? (step > 0 ? low : high) : At(begin[i]);
            int last = (options.EndMask >> i & 1) != 0 ? (step > 0 ? high : low) : At(end[i]);
            if ((options.ShrinkAxisMask >> i & 1) != 0)
            {
                dropped.Add(i);
                last = first[i] + 1;
                count[i] = 1;
            }
            else count[i] = (int)(((long)last - first[i] + step - Math.Sign(step)) / step);
            context.Require(count[i] > 0 && first[i] >= 0 && first[i] < size, "it takes no element");
        }
        return context.Rearranged([Part(context, 0, 0, new Region([.. first], [.. count], [.. stride]), [.. dropped])]);
    }

    private sealed record Region(ImmutableArray<int> Begin, ImmutableArray<int> Count, ImmutableArray<int> Step);

    private static Region Whole(Tensor input) =>
        new([.. Enumerable.Repeat(0, input.Shape.Length)], input.Shape, [.. Enumerable.Repeat(1, input.Shape.Length)]);

    /// <summary>Copies a region of an input to one output, which lacks the dimensions <paramref name="dropped"/>.</summary>
    private static RearrangePart Part(OperatorContext context, int position, int output, Region region, ImmutableArray<int> dropped)
    {
        Tensor input = context.InputAt(position), result = context.Graph.Tensors[context.Operator.Outputs[output]];
        context.SameType(input, result);
        int[] expected = [.. Enumerable.Range(0, input.Shape.Length).Where(i => !dropped.Contains(i)).Select(i => region.Count[i])];
        context.Require(result.Shape.AsSpan().SequenceEqual(expected), "its output has another shape");
        int[] from = RearrangeBlock.Strides(input.Shape), to = RearrangeBlock.Strides(region.Count);
        var block = new RearrangeBlock(context, context.InputIndex(position), context.Operator.Outputs[output]);
        for (int i = 0; i < from.Length; i++)
        {
            block.From += region.Begin[i] * from[i];
            block.Add(region.Count[i], from[i] * region.Step[i], to[i]);
        }
        return block.ToPart();
    }
}
