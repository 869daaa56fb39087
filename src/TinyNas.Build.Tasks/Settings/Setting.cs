namespace TinyNas.Build.Tasks;

/// <summary>A setting of one model as the project gives it, and where: line and column count from 1.</summary>
internal sealed class Setting(string name, string value, SourceLocation location)
{
    public string Name { get; } = name;

    public string Value { get; } = value;

    public SourceLocation Location { get; } = location;
}

internal readonly struct SourceLocation(string file, int line, int column)
{
    public string File { get; } = file;

    public int Line { get; } = line;

    public int Column { get; } = column;
}
