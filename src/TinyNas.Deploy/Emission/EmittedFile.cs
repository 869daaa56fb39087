namespace TinyNas.Deploy;

/// <summary>A file to be written: its path below the firmware folder, with '/' between the parts, and content. Text is UTF-8 without a mark, lines end in \n.</summary>
public sealed record EmittedFile(string Name, ReadOnlyMemory<byte> Content);
