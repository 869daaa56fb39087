using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// The two steps of TinyNAS (Lin et al. 2020, MCUNet). First, without training: of the subspaces that the space's scales span (input
/// resolution, width) the one whose networks, of those that fit, have the most MACs on average; in one family more computation within the same memory
/// means more capacity. Then evolution inside it: generations of children of the best fifth, half by crossover, half by mutation of each
/// gene with a probability of 0.1.
/// <para>
/// Departures. There is no supernet: children are trained as any trial, so generations count 20 networks, not 100. In a space without
/// scales the first step has nothing to choose.
/// </para>
/// </summary>
public sealed class TinyNasStrategy : ISearchStrategy
{
    internal const int DefaultTrials = 120;

    private const int Samples = 200, Generation = 20, Parents = Generation / 5;
    private const double MutationRate = 0.1;

    /// <summary>Attempts to make a child that fits and is new, before one is drawn at random.</summary>
    private const int Attempts = 50;

    private readonly StrategyContext context;
    private readonly FeasibleProposals proposals;
    private readonly List<TrialResult> told = [];
    private readonly ImmutableArray<(string Name, double Value)> scales;
    private RandomStream random;
    private int asked;

    public TinyNasStrategy(StrategyContext context)
    {
        this.context = context;
        random = RandomStream.Create(context.Seed, RandomStream.KeyOf("tinynas"));
        scales = Widest();
        proposals = new FeasibleProposals(context with { Fits = c => IsInside(c) && context.Fits(c) });
    }

    public string Name => "tinynas";

    /// <summary>The subspace that the first step chose, a value for each scale of the space.</summary>
    public IReadOnlyList<(string Name, double Value)> Subspace => scales;

    public bool IsFinished { get; private set; }

    public TrialResult? Best { get; private set; }

    public Proposal? Ask()
    {
        if (IsFinished) return null;
        Configuration? next = (asked < Generation || told.Count < 2 ? null : Child()) ?? Draw();
        IsFinished = next is null;
        asked++;
        return next;
    }

    public void Tell(TrialResult result)
    {
        Best = result.BetterOf(Best);
        if (result.Outcome == TrialOutcome.Completed) told.Add(result);
    }

    private Configuration? Child()
    {
        Configuration[] parents = [.. Ranking.Order(told).Take(Parents).Select(r => r.Configuration)];
        bool crosses = asked % 2 == 0;
        for (int i = 0; i < Attempts; i++)
        {
            Configuration one = parents[random.NextInt(parents.Length)], other = parents[random.NextInt(parents.Length)];
            Configuration child = Inside(crosses ? Cross(one, other) : Mutated(one));
            if (proposals.TryTake(child)) return child;
        }
        return null;
    }

    /// <summary>Every gene from either parent; what only one of them has, from that one.</summary>
    private Configuration Cross(Configuration one, Configuration other) => Made(name =>
    {
        bool first = random.NextInt(2) == 0;
        IReadOnlyDictionary<string, double> from = (first ? one : other).Values, instead = (first ? other : one).Values;
        return from.TryGetValue(name, out double value) || instead.TryGetValue(name, out value) ? value : null;
    });

    private Configuration Mutated(Configuration parent) => Made(name =>
        random.NextDouble() >= MutationRate && parent.Values.TryGetValue(name, out double value) ? value : null);

    /// <summary>A configuration gene by gene, at random where there is none.</summary>
    private Configuration Made(Func<string, double?> gene)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (Parameter parameter in context.Space.Parameters.All)
            if (parameter.When?.Holds(values) ?? true) values.Add(parameter.Name, gene(parameter.Name) ?? parameter.Sample(ref random));
        return new Configuration(values.Select(v => (v.Key, v.Value)));
    }

    private Configuration? Draw()
    {
        for (int i = 0; i < 20 * Attempts; i++)
        {
            Configuration drawn = Inside(context.Space.Parameters.Sample(ref random));
            if (proposals.TryTake(drawn)) return drawn;
        }
        return proposals.Take();
    }

    private Configuration Inside(Configuration configuration) =>
        scales.Aggregate(configuration, (c, scale) => context.Space.Parameters.With(c, scale.Name, scale.Value));

    private bool IsInside(Configuration configuration) => scales.All(s => configuration.Values[s.Name] == s.Value);

    /// <summary>Of equals the first; none where nothing fits anywhere.</summary>
    private ImmutableArray<(string, double)> Widest()
    {
        ImmutableArray<(string, double)> widest = [];
        double most = double.NegativeInfinity;
        foreach (ImmutableArray<(string Name, double Value)> subspace in Subspaces())
        {
            double sum = 0;
            int fitting = 0;
            for (int i = 0; i < Samples; i++)
            {
                Configuration sample = subspace.Aggregate(context.Space.Parameters.Sample(ref random), (c, s) => context.Space.Parameters.With(c, s.Name, s.Value));
                if (!context.Fits(sample)) continue;
                fitting++;
                sum += context.Figures(sample).GetValueOrDefault(Scalars.Macs);
            }
            if (fitting == 0 || sum / fitting <= most) continue;
            (widest, most) = (subspace, sum / fitting);
        }
        return widest;
    }

    private IEnumerable<ImmutableArray<(string Name, double Value)>> Subspaces()
    {
        IEnumerable<ImmutableArray<(string, double)>> all = [[]];
        foreach (string name in context.Space.Scales)
        {
            Parameter scale = context.Space.Parameters.All.Single(p => p.Name == name);
            all = all.SelectMany(s => scale.Values(resolution: 5).Select(v => s.Add((name, v))));
        }
        return context.Space.Scales.IsEmpty ? [] : all;
    }
}
