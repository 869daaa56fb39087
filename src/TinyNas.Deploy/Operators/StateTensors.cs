using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>Tensors that operators keep from one invocation to the next, and what they hold at first.</summary>
internal static class StateTensors
{
    public static IEnumerable<int> Of(Graph graph) =>
        Enumerable.Range(0, graph.Tensors.Length).Where(i => graph.Tensors[i].IsVariable && !graph.Tensors[i].IsConstant);

    /// <summary>The byte that fills the tensor at first: the zero point of int8, else 0.</summary>
    public static int Fill(Tensor tensor) =>
        tensor.Type == ElementType.Int8 ? unchecked((byte)(tensor.Quantization?.ZeroPoints.FirstOrDefault() ?? 0)) : 0;
}
