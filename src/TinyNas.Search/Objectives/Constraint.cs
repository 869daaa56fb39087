using System.Collections.Immutable;
using System.Text.RegularExpressions;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// A bound on the sum of some of a trial's scalars: sum &lt;= <paramref name="Limit"/>, or >= it. <paramref name="Name"/> is what messages call
/// the sum, <paramref name="Setting"/> the project property that set the limit.
/// </summary>
public sealed partial record Constraint(string Name, ImmutableArray<string> Terms, double Limit, string Setting, bool IsFloor = false)
{
    /// <summary>Whether all terms have been measured. Figures known before training are tested before training.</summary>
    public bool IsKnown(IReadOnlyDictionary<string, double> scalars) => Terms.All(scalars.ContainsKey);

    public double Value(IReadOnlyDictionary<string, double> scalars) => Terms.Sum(t => scalars[t]);

    public bool Holds(IReadOnlyDictionary<string, double> scalars) => IsFloor ? Value(scalars) >= Limit : Value(scalars) <= Limit;

    /// <summary>How many times over the limit, or under a floor, a value is; at most 1 where it holds.</summary>
    public double Excess(double value) => IsFloor ? Limit / Math.Max(value, double.Epsilon) : value / Limit;

    public override string ToString() => FormattableString.Invariant($"{string.Join('+', Terms)}{(IsFloor ? ">=" : "<=")}{Limit:R}");

    /// <summary>The setting Constraints: bounds like <c>agreement>=0.95; ram+ramStack&lt;=12KiB</c>, with semicolons between them.</summary>
    /// <exception cref="TinyNasException">TNAS0002.</exception>
    public static ImmutableArray<Constraint> Parse(string text)
    {
        var constraints = ImmutableArray.CreateBuilder<Constraint>();
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Match match = BoundPattern().Match(part);
            if (!match.Success || ScalarText.Number(match.Groups["limit"].Value) is not (> 0 and var limit))
                throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "Constraints", text, $"'{part}' is no bound like agreement>=0.95 or ram<=12KiB") { Setting = "Constraints" };
            ImmutableArray<string> terms =
                [.. match.Groups["names"].Value.Split('+', StringSplitOptions.TrimEntries).Select(n => ScalarText.Name(n, "Constraints", text))];
            constraints.Add(new Constraint(string.Join('+', terms), terms, limit, "Constraints", match.Groups["relation"].Value == ">="));
        }
        return constraints.ToImmutable();
    }

    [GeneratedRegex(@"^(?<names>[A-Za-z]\w*(\s*\+\s*[A-Za-z]\w*)*)\s*(?<relation><=|>=)\s*(?<limit>[\w.]+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex BoundPattern();
}
