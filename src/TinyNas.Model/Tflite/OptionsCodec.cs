namespace TinyNas.Model;

/// <summary>How one kind of operator options lies in a .tflite file.</summary>
/// <param name="UnionType">Number of the table in the union of options.</param>
/// <param name="Write">Writes the fields of a table that has been started.</param>
/// <param name="Default">What an operator without an options table has; null where it must have one.</param>
/// <param name="Prepare">Objects that the fields refer to, made before the table is started; its result is handed to <paramref name="Write"/>.</param>
internal sealed record OptionsCodec(
    byte UnionType, Func<FlatTable, OperatorOptions> Read, Action<FlatBufferBuilder, OperatorOptions, int> Write,
    OperatorOptions? Default = null, Func<FlatBufferBuilder, OperatorOptions, int>? Prepare = null);
