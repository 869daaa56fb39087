using System.Collections.Immutable;

namespace TinyNas.Model;

/// <summary>
/// The one intermediate representation of a network with integers: what training aims at, what .tflite files hold,
/// what is planned, interpreted and emitted. Operators are listed in an order that can be executed.
/// </summary>
public sealed record Graph(
    ImmutableArray<Tensor> Tensors,
    ImmutableArray<Operator> Operators,
    ImmutableArray<int> Inputs,
    ImmutableArray<int> Outputs)
{
    public string Description { get; init; } = "";

    public Tensor Input => Tensors[Inputs[0]];

    public Tensor Output => Tensors[Outputs[0]];

    /// <summary>Bytes of all constants that an operator reads: weights, biases, axes.</summary>
    public long ConstantBytes => Operators.SelectMany(o => o.Inputs).Where(i => i >= 0 && Tensors[i].IsConstant)
        .Distinct().Sum(i => (long)Tensors[i].Bytes);
}
