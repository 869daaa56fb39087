using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace TinyNas.Generators;

/// <summary>SHA-256 of the lines after the hash line, each ended by \n whatever the file has: a checkout may change line ends.</summary>
internal static class ContentHash
{
    public static bool Matches(string expected, SourceText text, int firstLine)
    {
        using var hash = SHA256.Create();
        var content = new StringBuilder();
        for (int i = firstLine; i < text.Lines.Count; i++)
        {
            string line = text.ToString(text.Lines[i].Span);
            // The text after the last line end is an empty line of Roslyn's, none of the file's.
            if (i < text.Lines.Count - 1 || line.Length > 0) content.Append(line).Append('\n');
        }
        byte[] actual = hash.ComputeHash(Encoding.UTF8.GetBytes(content.ToString()));
        return string.Equals(expected, string.Concat(actual.Select(b => b.ToString("x2", CultureInfo.InvariantCulture))), StringComparison.Ordinal);
    }
}
