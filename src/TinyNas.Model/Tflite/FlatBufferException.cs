namespace TinyNas.Model;

/// <summary>The bytes are no FlatBuffer, or not of the expected shape. Readers of files turn it into a diagnostic.</summary>
internal sealed class FlatBufferException(string reason) : Exception(reason);
