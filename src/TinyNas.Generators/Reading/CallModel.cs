namespace TinyNas.Generators;

/// <summary>Constant numbers: weights, biases, multipliers. <paramref name="Base64"/> holds them little-endian.</summary>
internal sealed record TableModel(int Index, string Type, int Count, string Base64);

/// <summary>The parameter structure of one call; <paramref name="Value"/> is always a structure.</summary>
internal sealed record ParametersModel(int Index, ArgumentModel Value);

/// <summary>A filter that its kernel rearranges once: <c>Kernel.Pack(parameters, table, packed)</c>.</summary>
internal sealed record PackedModel(int Index, string Kernel, int Parameters, int Table);

/// <summary>A tensor that is kept between calls; every byte of it is <paramref name="Fill"/> at first.</summary>
internal sealed record StateModel(int Tensor, int Fill);

/// <summary>
/// One operator, prepared: which embedded kernel runs it on which arguments, and which tensor it leaves.
/// No kernel: the first argument is copied to the second. The generator knows no operator; whatever a kernel needs besides tensors stands in the file.
/// </summary>
internal sealed record CallModel(string Operator, string Kernel, string Method, int Output, EquatableArray<ArgumentModel> Arguments)
{
    /// <summary>A later call finishes the output.</summary>
    public bool IsPart { get; init; }
}
