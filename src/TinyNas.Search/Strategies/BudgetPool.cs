using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// Configurations that fit, those of promise first: at tiny scale the best networks as a rule fill the budget that binds them, and their
/// constants predict accuracy better than any score without training. Two of three are drawn among those that take at least half of
/// that budget, larger ones more often; the third is any other. Without a budget the largest that was seen takes its place.
/// </summary>
internal sealed class BudgetPool
{
    /// <summary>Smaller spaces are listed; of larger ones this many are drawn.</summary>
    private const int MostListed = 512;

    private const double Filled = 0.5;

    private readonly List<Configuration> filling = [], others = [];
    private RandomStream random;
    private int drawn;

    public BudgetPool(StrategyContext context)
    {
        random = RandomStream.Create(context.Seed, RandomStream.KeyOf("budget pool"));
        var source = new FeasibleProposals(context);
        var all = new List<(Configuration Configuration, double Fill, double Size)>();
        while (all.Count < MostListed && source.Take() is { } next) all.Add((next, Fill(next, context), context.Figures(next).GetValueOrDefault(Scalars.Constants)));
        double most = all.Count == 0 ? 0 : all.Max(c => c.Size);
        foreach (var (configuration, fill, _) in all.Select(c => c with { Fill = c.Fill > 0 ? c.Fill : c.Size / Math.Max(1, most) }).OrderByDescending(c => c.Size))
            (fill >= Filled ? filling : others).Add(configuration);
    }

    public int Count => filling.Count + others.Count;

    /// <summary>Null where all were taken.</summary>
    public Configuration? Take()
    {
        bool fills = others.Count == 0 || (filling.Count > 0 && drawn % 3 < 2);
        List<Configuration> from = fills ? filling : others;
        if (from.Count == 0) return null;
        drawn++;
        // The square of a uniform number prefers the head, where the large ones are.
        double place = random.NextDouble();
        int at = (int)((fills ? place * place : place) * from.Count);
        Configuration next = from[at];
        from.RemoveAt(at);
        return next;
    }

    /// <summary>The share of the tightest limit; 0 where there is none.</summary>
    private static double Fill(Configuration configuration, StrategyContext context) => context.Constraints
        .Where(c => c.IsKnown(context.Figures(configuration)))
        .Select(c => c.Value(context.Figures(configuration)) / c.Limit)
        .DefaultIfEmpty(0).Max();
}
