using System.Globalization;
using System.Text;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>summary.md: what the page of a CI job shows of a model. Names come from users, so Markdown and HTML in them are escaped.</summary>
internal static class SummaryText
{
    public static string Render(EmissionModel model)
    {
        var text = new StringBuilder();
        Add(text, $"## {Escape(model.Card.Name)}\n\n| | | budget | |\n|---|--:|--:|--:|\n");
        foreach (Need n in Need.Of(model))
            Add(text, $"| {n.Name} | {n.Value:#,0} | {Limit(n)} | {Share(n)} |\n");
        foreach (var (name, value) in MetricNames.Of(model.Card))
            Add(text, $"| {Escape(name)} | {value:0.####} | | |\n");
        if (!model.Card.Confusion.IsEmpty) AddConfusion(text, model.Card);
        Add(text, $"\nMost MACs: {Escape(Dominating.OfMacs(model.Graph))}; most flash: {Escape(Dominating.OfFlash(model.Graph))}; ");
        Add(text, $"most RAM: {Escape(Dominating.OfRam(model.Graph, model.Plan))}. Code and stack as compiled by gcc -O2 for {Escape(model.Request.Core)}.\n");
        return text.ToString();
    }

    private static void AddConfusion(StringBuilder text, ModelCard card)
    {
        text.Append("\n| true class |");
        for (int i = 0; i < card.Confusion.Length; i++) Add(text, $" {Escape(ReportFormat.Label(card, i))} |");
        text.Append("\n|---|").Insert(text.Length, "--:|", card.Confusion.Length).Append('\n');
        for (int i = 0; i < card.Confusion.Length; i++)
        {
            Add(text, $"| {Escape(ReportFormat.Label(card, i))} |");
            foreach (int count in card.Confusion[i]) Add(text, $" {count:#,0} |");
            text.Append('\n');
        }
    }

    private static string Limit(Need need) => need.Limit is { } limit ? ReportFormat.Number(limit) : "";

    private static string Share(Need need) => need.Limit is { } limit ? ReportFormat.Percent(need.Value, limit) + " %" : "";

    /// <summary>Text that stands for itself in a table's cell: on one line, without markup, mentions or links.</summary>
    internal static string Escape(string text)
    {
        var safe = new StringBuilder();
        foreach (char c in text)
            if (char.IsControl(c)) safe.Append(' ');
            // Entities are read back as plain characters by every Markdown, in tables too, where a backslash before a bar is not.
            else if (c < 0x80 && !char.IsAsciiLetterOrDigit(c) && c is not (' ' or '.' or ',' or '-' or '(' or ')' or '\'')) safe.Append(CultureInfo.InvariantCulture, $"&#{(int)c};");
            else safe.Append(c);
        return safe.ToString();
    }

    private static void Add(StringBuilder text, FormattableString part) => text.Append(part.ToString(CultureInfo.InvariantCulture));
}
