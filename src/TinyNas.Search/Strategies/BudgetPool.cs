using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// Configurations that fit, of all sizes: two of three evenly over the logarithm of their constants, since of few data or of unknown people a
/// hundredth of the budget may be best; the third among those that take at least half of the budget that binds them, where as a rule the best
/// networks for images are.
/// </summary>
internal sealed class BudgetPool
{
    /// <summary>Smaller spaces are listed; of larger ones this many are drawn.</summary>
    private const int MostListed = 512;

    private const double Filled = 0.5;

    private readonly List<(Configuration Configuration, bool Fills, double LogSize)> left = [];
    private RandomStream random;
    private int taken;

    public BudgetPool(StrategyContext context)
    {
        random = RandomStream.Create(context.Seed, RandomStream.KeyOf("budget pool"));
        var source = new FeasibleProposals(context);
        while (left.Count < MostListed && source.Take() is { } next)
        {
            IReadOnlyDictionary<string, double> figures = context.Figures(next);
            bool fills = context.Constraints.Any(c => c.IsKnown(figures) && c.Value(figures) >= Filled * c.Limit);
            left.Add((next, fills, DeterministicMath.Log(1 + figures.GetValueOrDefault(Scalars.Constants))));
        }
    }

    /// <summary>Null where all were taken.</summary>
    public Configuration? Take()
    {
        if (left.Count == 0) return null;
        int[] filling = taken++ % 3 == 2 ? [.. Enumerable.Range(0, left.Count).Where(i => left[i].Fills)] : [];
        int at = filling.Length > 0 ? filling[random.NextInt(filling.Length)] : NearestTo(random.NextDouble());
        Configuration next = left[at].Configuration;
        left.RemoveAt(at);
        return next;
    }

    /// <summary>What is nearest in size to a place between the smallest and the largest.</summary>
    private int NearestTo(double place)
    {
        double least = left.Min(c => c.LogSize), size = least + place * (left.Max(c => c.LogSize) - least);
        return Enumerable.Range(0, left.Count).MinBy(i => Math.Abs(left[i].LogSize - size));
    }
}
