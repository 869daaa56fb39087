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
    private readonly IHandlebars plain = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = true });
    private readonly IHandlebars html = Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true });

    /// <summary>The text of template <paramref name="name"/> (without .hbs), with \n line ends.</summary>
    /// <exception cref="TinyNasException">TNAS0312: the user's file is no valid template.</exception>
    public string Render(string name, IReadOnlyDictionary<string, object?> values)
    {
        string text = Source(name, out string origin).Replace("\r\n", "\n", StringComparison.Ordinal);
        try
        {
            return (name.EndsWith(".html", StringComparison.Ordinal) ? html : plain).Compile(text)(values).Replace("\r\n", "\n", StringComparison.Ordinal);
        }
        catch (Exception problem) when (problem is HandlebarsException or HandlebarsUndefinedBindingException)
        {
            throw new TinyNasException(DiagnosticCatalogue.TemplateBroken, origin, problem.Message.ReplaceLineEndings(" ")) { Setting = "Templates" };
        }
    }

    private string Source(string name, out string origin)
    {
        string file = name + ".hbs";
        if (folder is not null && Path.Combine(folder, file) is var path && File.Exists(path))
        {
            origin = path;
            return File.ReadAllText(path);
        }
        origin = file;
        using Stream stream = typeof(TemplateRenderer).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"There is no template {file}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
