using System.Globalization;
using System.Text;

namespace TinyNas.Model.Tests;

/// <summary>All of a graph as text, for comparison by value: immutable arrays compare by reference.</summary>
internal static class GraphText
{
    public static string Of(Graph graph, bool versions = true)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{graph.Description}|{List(graph.Inputs)}|{List(graph.Outputs)}\n");
        foreach (Tensor t in graph.Tensors)
        {
            text.Append(CultureInfo.InvariantCulture, $"{t.Name} {t.Type} {List(t.Shape)} {t.IsVariable} {Convert.ToHexString(t.Data.Span)}");
            if (t.Quantization is { } q)
                text.Append(CultureInfo.InvariantCulture, $" {List(q.Scales.Select(s => s.ToString("R", CultureInfo.InvariantCulture)))} {List(q.ZeroPoints)} {q.Dimension}");
            text.Append('\n');
        }
        foreach (Operator o in graph.Operators)
        {
            string options = o.Options switch
            {
                ReshapeOptions r => List(r.NewShape),
                SqueezeOptions s => List(s.Dimensions),
                var other => other.ToString()!,
            };
            text.Append(CultureInfo.InvariantCulture, $"{o.Code} {List(o.Inputs)} {List(o.Outputs)} {options} {(versions ? o.Version : 0)}\n");
        }
        return text.ToString();
    }

    private static string List<T>(IEnumerable<T> items) => string.Join(',', items);
}
