using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// What a search maximises: a weighted sum of a trial's scalars, such as <c>accuracy</c> or <c>accuracy + 0.01*ram/40KiB - 0.05*macs/2.73M</c>. (THIN-Bayes,
/// Saha et al. 2022, rewards memory that is used, as a stand-in for capacity, and charges latency.) Two are equal that sum the same.
/// </summary>
public sealed partial class Objective : IEquatable<Objective>
{
    /// <summary>Share of validation samples whose class the integer kernels get right.</summary>
    public static readonly Objective Accuracy = new((1, Scalars.Accuracy));

    private readonly ImmutableArray<(double Weight, string Scalar)> terms;
    private readonly string text;

    public Objective(params ImmutableArray<(double Weight, string Scalar)> terms)
    {
        this.terms = terms;
        text = string.Concat(terms.Select((t, i) => string.Create(CultureInfo.InvariantCulture,
            $"{(t.Weight < 0 ? "-" : i == 0 ? "" : "+")}{(Math.Abs(t.Weight) == 1 ? "" : $"{Math.Abs(t.Weight).ToString("R", CultureInfo.InvariantCulture)}*")}{t.Scalar}")));
    }

    /// <summary>Names of what it sums.</summary>
    public IEnumerable<string> Names => terms.Select(t => t.Scalar);

    /// <summary>Larger is better.</summary>
    public double Score(IReadOnlyDictionary<string, double> scalars) => terms.Sum(t => t.Weight * scalars[t.Scalar]);

    /// <summary>Terms with signs between them, each [number *] name [/ number or size].</summary>
    /// <exception cref="TinyNasException">TNAS0002.</exception>
    public static Objective Parse(string text)
    {
        var terms = ImmutableArray.CreateBuilder<(double, string)>();
        int at = 0;
        foreach (Match match in TermPattern().Matches(text))
        {
            if (match.Index != at || (terms.Count > 0 && !match.Groups["sign"].Success))
                throw Malformed(text, "terms like 0.1*macs/2.73M are expected, with + or - between them");
            double weight = match.Groups["weight"].Success ? double.Parse(match.Groups["weight"].Value, CultureInfo.InvariantCulture) : 1;
            double divisor = match.Groups["divisor"].Success ? ScalarText.Number(match.Groups["divisor"].Value) ?? 0 : 1;
            if (divisor <= 0) throw Malformed(text, $"'{match.Groups["divisor"].Value}' is no number or size above 0");
            terms.Add(((match.Groups["sign"].Value == "-" ? -weight : weight) / divisor, ScalarText.Name(match.Groups["name"].Value, "Objective", text)));
            at = match.Index + match.Length;
        }
        return at == text.Length && terms.Count > 0 ? new Objective(terms.ToImmutable()) : throw Malformed(text, "terms like accuracy - 0.1*macs/2.73M are expected");
    }

    public bool Equals(Objective? other) => other is not null && text == other.text;

    public override bool Equals(object? obj) => Equals(obj as Objective);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(text);

    public override string ToString() => text;

    private static TinyNasException Malformed(string text, string why) =>
        new(DiagnosticCatalogue.MalformedValue, "Objective", text, why) { Setting = "Objective" };

    [GeneratedRegex(@"\G\s*(?<sign>[+-])?\s*((?<weight>\d+(\.\d+)?([eE][+-]?\d+)?)\s*\*\s*)?(?<name>[A-Za-z]\w*)\s*(/\s*(?<divisor>\d[\w.]*)\s*)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex TermPattern();
}
