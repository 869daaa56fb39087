using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>A block of elements, dimension by dimension, as operators describe it; strides and starts in elements.</summary>
internal sealed class RearrangeBlock(OperatorContext context, int source, int target)
{
    private const int MostDimensions = 5;

    private readonly List<(int Count, int From, int To)> dimensions = [];

    public int From { get; set; }

    public int To { get; set; }

    /// <summary>The next inner dimension. Steps through both tensors that go on evenly are one dimension.</summary>
    public void Add(int count, int fromStride, int toStride)
    {
        if (count == 1) return;
        if (dimensions.Count > 0 && dimensions[^1] is var outer && outer.From == fromStride * count && outer.To == toStride * count)
            dimensions[^1] = (outer.Count * count, fromStride, toStride);
        else dimensions.Add((count, fromStride, toStride));
    }

    public RearrangePart ToPart()
    {
        int size = context.Graph.Tensors[source].Type.Size(), run = size;
        if (dimensions.Count > 0 && dimensions[^1] is { From: 1, To: 1 } inner)
        {
            run *= inner.Count;
            dimensions.RemoveAt(dimensions.Count - 1);
        }
        context.Require(dimensions.Count <= MostDimensions, $"it moves elements along more than {MostDimensions} dimensions");
        while (dimensions.Count < MostDimensions) dimensions.Insert(0, (1, 0, 0));
        return new RearrangePart(
            source, target, [.. dimensions.Select(d => d.Count)], run,
            From * size, [.. dimensions.Select(d => d.From * size)], To * size, [.. dimensions.Select(d => d.To * size)]);
    }

    /// <summary>Elements from one index of each dimension to the next.</summary>
    public static int[] Strides(IReadOnlyList<int> shape)
    {
        var strides = new int[shape.Count];
        for (int i = shape.Count - 1, stride = 1; i >= 0; stride *= shape[i], i--) strides[i] = stride;
        return strides;
    }
}
