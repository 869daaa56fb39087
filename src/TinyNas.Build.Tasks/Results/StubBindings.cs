using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace TinyNas.Build.Tasks;

/// <summary>
/// Bindings of a model that nobody has trained yet, so that an editor, or a build that must not search, knows its class.
/// The generator makes members of it that throw; labels are unknown before the data have been read.
/// </summary>
internal static class StubBindings
{
    /// <summary>Writes the file, if it is not there already, and returns its path.</summary>
    public static string Write(ModelRequest request)
    {
        string path = Path.Combine(request.OutputFolder, "stub.bindings.txt");
        string text = "tinynas-bindings 1\nstub\nname " + Escape(request.Model) + "\nnamespace " + Escape(Find(request, "Namespace") ?? request.RootNamespace)
            + (Find(request, "Model") is null && (Find(request, "Task") ?? "Classify").Equals("Classify", StringComparison.OrdinalIgnoreCase) ? "\nclassifier" : "")
            + "\nend\n";
        // Untouched when equal: an editor asks many times, and a new time would make the compiler run again.
        if (File.Exists(path) && File.ReadAllText(path) == text) return path;
        Directory.CreateDirectory(request.OutputFolder);
        File.WriteAllText(path, text);
        return path;
    }

    private static string? Find(ModelRequest request, string name) => request.Settings.FirstOrDefault(s => s.Name == name)?.Value;

    // The format of BindingsWriter: every UTF-16 unit but letters and digits of ASCII as % and four hexadecimal digits.
    private static string Escape(string value)
    {
        if (value.Length == 0) return "%";
        var text = new StringBuilder();
        foreach (char c in value)
            if (c < 128 && char.IsLetterOrDigit(c)) text.Append(c);
            else text.Append('%').Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        return text.ToString();
    }
}
