namespace TinyNas.Generators;

internal enum ArgumentKind
{
    /// <summary>An activation, by its index.</summary>
    Tensor,

    /// <summary>The same as bytes.</summary>
    Bytes,

    /// <summary>A constant table, by its index.</summary>
    Table,

    /// <summary>A parameter structure, by its index.</summary>
    Parameters,

    /// <summary>A packed filter, by its index.</summary>
    Packed,

    /// <summary>Scratch that all calls share, its element type in <see cref="ArgumentModel.Text"/>; its length is the kernel's ScratchLength of the call's parameters.</summary>
    Scratch,

    /// <summary>A number or truth value, as C# text.</summary>
    Literal,

    /// <summary>A structure in place: its type in <see cref="ArgumentModel.Text"/>, and its members.</summary>
    Structure,
}

/// <summary>An argument of a kernel, or a member (with its name) of a structure.</summary>
internal sealed record ArgumentModel(ArgumentKind Kind, string Text, int Index = -1, string Member = "")
{
    public EquatableArray<ArgumentModel> Members { get; init; } = EquatableArray<ArgumentModel>.Empty;
}
