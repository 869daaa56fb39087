using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace TinyNas.Deploy;

/// <summary>Score against a resource, one dot per completed trial, the Pareto front joined.</summary>
internal static class SearchDrawing
{
    private const int Width = 460, Height = 260, Left = 50, Bottom = 40, Margin = 15;

    /// <summary>An SVG element, or nothing where no trial has the figure.</summary>
    public static string Draw(ImmutableArray<TraceEntry> trace, string scalar, string axis)
    {
        var points = trace.Where(t => t.Outcome == "Completed" && double.IsFinite(t.Score))
            .Select(t => (X: Find(t, scalar), Y: t.Score)).Where(p => p.X is { } x && double.IsFinite(x)).Select(p => (X: p.X!.Value, p.Y)).ToList();
        if (points.Count == 0) return "";
        double right = Math.Max(points.Max(p => p.X), 1), low = points.Min(p => p.Y), high = points.Max(p => p.Y);
        if (high - low < 1e-9) (low, high) = (low - 0.5, high + 0.5);
        double X(double x) => Left + x / right * (Width - Left - Margin);
        double Y(double y) => Height - Bottom - (y - low) / (high - low) * (Height - Bottom - Margin);

        var svg = new StringBuilder();
        Add(svg, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\"><path class=\"axis\" d=\"M{Left},{Margin}V{Height - Bottom}H{Width - Margin}\"/>");
        Add(svg, $"<text x=\"{Width - Margin}\" y=\"{Height - 8}\" text-anchor=\"end\">{axis}, up to {right:#,0}</text>");
        Add(svg, $"<text x=\"4\" y=\"{Margin + 8}\">{high:0.###}</text><text x=\"4\" y=\"{Height - Bottom}\">{low:0.###}</text>");
        double best = double.NegativeInfinity;
        var front = new List<(double X, double Y)>();
        foreach (var p in points.OrderBy(p => p.X).ThenByDescending(p => p.Y))
            if (p.Y > best) { best = p.Y; front.Add(p); }
        svg.Append("<polyline class=\"front\" points=\"");
        foreach (var p in front) Add(svg, $"{X(p.X):0.#},{Y(p.Y):0.#} ");
        svg.Append("\"/>");
        foreach (var p in points) Add(svg, $"<circle cx=\"{X(p.X):0.#}\" cy=\"{Y(p.Y):0.#}\" r=\"3\"/>");
        return svg.Append("</svg>").ToString();
    }

    /// <summary>Spaces may call the figure "ram" or "ram.c": the first whose name begins so.</summary>
    private static double? Find(TraceEntry entry, string scalar)
    {
        foreach (var (name, value) in entry.Scalars)
            if (name.StartsWith(scalar, StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }

    private static void Add(StringBuilder text, FormattableString part) => text.Append(part.ToString(CultureInfo.InvariantCulture));
}
