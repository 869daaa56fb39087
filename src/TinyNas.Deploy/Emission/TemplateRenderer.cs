using System.Collections.Concurrent;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// Renders the embedded templates, or the user's file of the same name. The one place that knows the template engine. Values
/// are inserted as they are, except into .html, where they are escaped.
/// </summary>
internal sealed class TemplateRenderer(string? folder)
{
    private static readonly IHandlebars Plain = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = true });
    private static readonly IHandlebars Html = Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true });

    /// <summary>Those of this assembly never change, and compiling them takes longer than all else that an emission does.</summary>
    private static readonly ConcurrentDictionary<string, HandlebarsTemplate<object, object>> BuiltIn = [];

    /// <summary>The text of template <paramref name="name"/> (without .hbs), with \n line ends.</summary>
    /// <exception cref="TinyNasException">TNAS0312: the user's file is no valid template.</exception>
    public string Render(string name, IReadOnlyDictionary<string, object?> values)
    {
        if (folder is null || !File.Exists(Path.Combine(folder, name + ".hbs"))) return BuiltIn.GetOrAdd(name, n => Compile(n, EmbeddedText(n)))(values).Replace("\r\n", "\n", StringComparison.Ordinal);
        string origin = Path.Combine(folder, name + ".hbs");
        try
        {
            return Compile(name, File.ReadAllText(origin))(values).Replace("\r\n", "\n", StringComparison.Ordinal);
        }
        catch (Exception problem) when (problem is HandlebarsException or HandlebarsUndefinedBindingException)
        {
            throw new TinyNasException(DiagnosticCatalogue.TemplateBroken, origin, problem.Message.ReplaceLineEndings(" ")) { Setting = "Templates" };
        }
    }

    private static HandlebarsTemplate<object, object> Compile(string name, string text) =>
        (name.EndsWith(".html", StringComparison.Ordinal) ? Html : Plain).Compile(text.Replace("\r\n", "\n", StringComparison.Ordinal));

    private static string EmbeddedText(string name)
    {
        using Stream stream = typeof(TemplateRenderer).Assembly.GetManifestResourceStream(name + ".hbs")
            ?? throw new InvalidOperationException($"There is no template {name}.hbs.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
