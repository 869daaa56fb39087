using System;
using System.Text;

namespace TinyNas.Generators;

/// <summary>C# text with indentation; lines end in \n on every system.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder text = new();
    private int depth;

    public CodeWriter Line(string line = "")
    {
        if (line.Length > 0) text.Append(' ', depth * 4).Append(line);
        text.Append('\n');
        return this;
    }

    /// <summary>The header line, "{", the body one level deeper, "}".</summary>
    public CodeWriter Block(string header, Action body, string end = "}")
    {
        Line(header).Line("{");
        depth++;
        body();
        depth--;
        return Line(end);
    }

    /// <summary>A documentation comment; <paramref name="summary"/> is XML already.</summary>
    public CodeWriter Summary(string summary) => Line($"/// <summary>{summary}</summary>");

    /// <summary>Comma-separated items, wrapped so that no line of the result grows with the model.</summary>
    public CodeWriter Wrapped(System.Collections.Generic.IEnumerable<string> items)
    {
        var line = new StringBuilder();
        foreach (string item in items)
        {
            if (line.Length + item.Length > 150)
            {
                Line(line.ToString().TrimEnd());
                line.Clear();
            }
            line.Append(item).Append(", ");
        }
        return line.Length > 0 ? Line(line.ToString().TrimEnd()) : this;
    }

    public override string ToString() => text.ToString();
}
