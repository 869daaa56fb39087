using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace TinyNas.Model;

/// <summary>Collects tensors and operators in execution order. <see cref="Build"/> makes the immutable graph.</summary>
public sealed class GraphBuilder
{
    private readonly ImmutableArray<Tensor>.Builder tensors = ImmutableArray.CreateBuilder<Tensor>();
    private readonly ImmutableArray<Operator>.Builder operators = ImmutableArray.CreateBuilder<Operator>();

    /// <summary>Adds a tensor and returns its index.</summary>
    public int Add(Tensor tensor)
    {
        tensors.Add(tensor);
        return tensors.Count - 1;
    }

    public int Activation(string name, ElementType type, ImmutableArray<int> shape, Quantization? quantization) =>
        Add(new Tensor(name, type, shape) { Quantization = quantization });

    public int Constant<T>(string name, ElementType type, ImmutableArray<int> shape, ReadOnlySpan<T> values, Quantization? quantization = null)
        where T : unmanaged =>
        Add(new Tensor(name, type, shape) { Data = MemoryMarshal.AsBytes(values).ToArray(), Quantization = quantization });

    public void Add(OperatorCode code, ImmutableArray<int> inputs, ImmutableArray<int> outputs, OperatorOptions options) =>
        operators.Add(new Operator(code, inputs, outputs, options));

    public Tensor this[int index] => tensors[index];

    public Graph Build(ImmutableArray<int> inputs, ImmutableArray<int> outputs, string description = "") =>
        new(tensors.ToImmutable(), operators.ToImmutable(), inputs, outputs) { Description = description };
}
