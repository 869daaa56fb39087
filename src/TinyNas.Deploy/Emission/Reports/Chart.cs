using System.Globalization;
using System.Net;
using System.Text;

namespace TinyNas.Deploy;

/// <summary>
/// An SVG drawing whose places across are percentages of the plot and whose heights are pixels: it fills a screen of any width
/// without its text growing or shrinking. Every text that comes in is escaped here.
/// </summary>
internal sealed class Chart
{
    private readonly StringBuilder svg = new();
    private readonly int height;

    /// <param name="height">Of the plot, in pixels; labels of the axes stand around it.</param>
    /// <param name="label">What the drawing shows, for those who cannot see it.</param>
    public Chart(int height, string label)
    {
        this.height = height;
        Add($"<svg class=\"chart\" height=\"{height}\" role=\"group\" aria-label=\"{Escape(label)}\">");
    }

    public void Line(string kind, double x1, double y1, double x2, double y2) =>
        Add($"<line class=\"{kind}\" x1=\"{x1:0.##}%\" y1=\"{y1:0.#}\" x2=\"{x2:0.##}%\" y2=\"{y2:0.#}\"/>");

    /// <summary>A label left of the plot with a faint line through it.</summary>
    public void LeftTick(double y, string text)
    {
        Line("grid", 0, y, 100, y);
        Add($"<text class=\"tick\" x=\"-6\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{Escape(text)}</text>");
    }

    /// <summary>A label below the plot.</summary>
    public void BottomTick(double x, string text) =>
        Add($"<text class=\"tick\" x=\"{x:0.##}%\" y=\"{height + 16}\" text-anchor=\"middle\">{Escape(text)}</text>");

    /// <param name="kind">Its class in the style sheet.</param>
    /// <param name="x">Per cent of the width.</param>
    /// <param name="y">Pixels from the top.</param>
    /// <param name="tip">Shown when the pointer rests on it and, above the plot, when it has the keyboard's focus.</param>
    /// <param name="focusable">Whether the tabulator stops here: for what matters, or nobody would get past a chart.</param>
    public void Dot(string kind, double x, double y, string tip, bool focusable)
    {
        Begin(focusable);
        Add($"<circle class=\"{kind}\" cx=\"{x:0.##}%\" cy=\"{y:0.#}\" r=\"{(focusable ? 5 : 3.5)}\"/>");
        End(tip, focusable);
    }

    /// <summary>A rectangle with as much of its name as fits in it.</summary>
    public void Box(string kind, double x, double y, double width, double boxHeight, string name, string tip)
    {
        Begin(focusable: true);
        Add($"<svg x=\"{x:0.##}%\" y=\"{y:0.#}\" width=\"{width:0.##}%\" height=\"{boxHeight:0.#}\"><rect class=\"{kind}\" width=\"100%\" height=\"100%\"/>");
        // Three letters of a name are worse than none; what a wide screen has room for, a phone has not.
        if (boxHeight >= 16 && width >= 8) Add($"<text{(width < 16 ? " class=\"wide\"" : "")} x=\"5\" y=\"{Math.Min(boxHeight / 2 + 4, 16):0.#}\">{Escape(name)}</text>");
        svg.Append("</svg>");
        End(tip, focusable: true);
    }

    public string Close() => svg.Append("</svg>\n").ToString();

    private void Begin(bool focusable) => svg.Append(focusable ? "<g class=\"mark\" tabindex=\"0\" role=\"img\">" : "<g>");

    private void End(string tip, bool focusable)
    {
        Add($"<title>{Escape(tip)}</title>");
        if (focusable) Add($"<text class=\"tip\" x=\"0\" y=\"-8\">{Escape(tip)}</text>");
        svg.Append("</g>\n");
    }

    private void Add(FormattableString part) => svg.Append(part.ToString(CultureInfo.InvariantCulture));

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
