using System.Globalization;
using System.Net;
using System.Text;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>The arena over time: steps to the right, bytes upwards, a rectangle per tensor.</summary>
internal static class MemoryMapDrawing
{
    private const int Width = 940, Height = 320, Left = 60, Bottom = 30, Margin = 10;

    public static string Draw(Graph graph, ExecutionPlan plan)
    {
        if (plan.ArenaBytes == 0) return "";
        int columns = plan.Steps.Length + 1;
        double step = (double)(Width - Left - Margin) / columns, scale = (double)(Height - Bottom - Margin) / plan.ArenaBytes;
        var svg = new StringBuilder();
        Add(svg, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\"><text x=\"4\" y=\"{Margin + 10}\">{plan.ArenaBytes:#,0}</text>");
        Add(svg, $"<text x=\"4\" y=\"{Height - Bottom}\">0 bytes</text>");
        foreach (PlannedTensor t in plan.Tensors)
        {
            double x = Left + t.First * step, width = (t.Last - t.First + 1) * step;
            double height = t.Bytes * scale, y = Height - Bottom - t.Offset * scale - height;
            string name = WebUtility.HtmlEncode(graph.Tensors[t.Tensor].Name);
            Add(svg, $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{Math.Max(height, 1):0.#}\">");
            Add(svg, $"<title>{name}: {t.Bytes:#,0} bytes at {t.Offset:#,0}, steps {t.First} to {t.Last}</title></rect>");
        }
        for (int i = 0; i < plan.Steps.Length; i++)
            Add(svg, $"<text x=\"{Left + (i + 0.5) * step:0.#}\" y=\"{Height - 10}\" text-anchor=\"middle\">{i}</text>");
        return svg.Append("</svg>").ToString();
    }

    private static void Add(StringBuilder text, FormattableString part) => text.Append(part.ToString(CultureInfo.InvariantCulture));
}
