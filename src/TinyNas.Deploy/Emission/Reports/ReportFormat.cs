using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>How page and summary write numbers and shapes, the same on every machine.</summary>
internal static class ReportFormat
{
    public static string Number(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Score(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    public static string Percent(double part, double whole) => (whole > 0 ? part / whole * 100 : 0).ToString("0.0", CultureInfo.InvariantCulture);

    public static string Shape(Graph graph, int tensor) => string.Join('×', graph.Tensors[tensor].Shape.Select(d => d.ToString(CultureInfo.InvariantCulture)));

    public static string Label(ModelCard card, int index) => index < card.Labels.Length ? card.Labels[index] : Number(index);
}
