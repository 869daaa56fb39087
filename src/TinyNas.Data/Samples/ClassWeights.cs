using System.Collections.Immutable;
using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>The setting ClassWeights: how much a sample's loss counts, by its class.</summary>
public static class ClassWeights
{
    private const double Most = 1000;

    /// <summary>
    /// "balanced" gives samples / (classes × samples of the class), so that each class has the same weight in all and the mean over samples
    /// is 1. A list such as "fall=10, walk=0.5" gives the classes it names, the others 1.
    /// </summary>
    /// <exception cref="TinyNasException">TNAS0002: no such label, or a factor that is none.</exception>
    public static ImmutableArray<double> Parse(string text, DataSet data)
    {
        if (text.Trim().Equals("balanced", StringComparison.OrdinalIgnoreCase)) return Balanced(data);
        double[] weights = [.. data.Labels.Select(_ => 1.0)];
        foreach (string part in text.Split([',', ';'], StringSplitOptions.TrimEntries))
        {
            int sign = part.LastIndexOf('=');
            if (sign < 0) throw Malformed(text, "balanced, or a list like label=2, other=0.5 is expected");
            string label = part[..sign].TrimEnd(), factor = part[(sign + 1)..].TrimStart();
            int index = data.Labels.IndexOf(label);
            if (index < 0) throw Malformed(text, $"'{label}' is none of {string.Join(", ", data.Labels)}");
            weights[index] = double.TryParse(factor, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number > 0 && number <= Most
                ? number : throw Malformed(text, string.Create(CultureInfo.InvariantCulture, $"'{factor}' is no number above 0 and up to {Most}"));
        }
        return [.. weights];
    }

    private static ImmutableArray<double> Balanced(DataSet data)
    {
        var counts = new int[data.Labels.Length];
        foreach (int target in data.Targets) counts[target]++;
        return [.. counts.Select(n => n == 0 ? 1 : (double)data.Count / ((long)counts.Length * n))];
    }

    private static TinyNasException Malformed(string text, string reason) =>
        new(DiagnosticCatalogue.MalformedValue, "ClassWeights", text, reason) { Setting = "ClassWeights" };
}
