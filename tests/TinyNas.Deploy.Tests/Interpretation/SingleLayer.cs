using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

internal static class SingleLayer
{
    /// <summary>A model of one operator of a graph, its first input as the model's input.</summary>
    public static Graph Of(Graph graph, Operator o)
    {
        ImmutableArray<int> used = [.. o.Inputs.Concat(o.Outputs).Where(i => i >= 0).Distinct()];
        return new Graph(
            [.. used.Select(i => graph.Tensors[i])],
            [o with { Inputs = [.. o.Inputs.Select(i => i < 0 ? -1 : used.IndexOf(i))], Outputs = [.. o.Outputs.Select(i => used.IndexOf(i))] }],
            [used.IndexOf(o.Inputs[0])], [used.IndexOf(o.Outputs[0])]);
    }
}
