using System;

namespace TinyNas.Build.Tasks;

/// <summary>
/// A setting of one model as the project gives it, and where: line and column count from 1. Where is looked up when it is
/// asked for, which a build with nothing to do never does.
/// </summary>
internal sealed class Setting(string name, string value, Func<SourceLocation> locate)
{
    private SourceLocation? location;

    public string Name { get; } = name;

    public string Value { get; } = value;

    public SourceLocation Location => location ??= locate();
}

internal readonly struct SourceLocation(string file, int line, int column)
{
    public string File { get; } = file;

    public int Line { get; } = line;

    public int Column { get; } = column;
}
