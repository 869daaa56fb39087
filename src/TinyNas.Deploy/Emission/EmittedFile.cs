namespace TinyNas.Deploy;

/// <summary>A file to be written: its name (no folder) and content. Text is UTF-8 without a mark, lines end in \n.</summary>
public sealed record EmittedFile(string Name, ReadOnlyMemory<byte> Content);
