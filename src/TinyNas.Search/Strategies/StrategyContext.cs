using System.Collections.Immutable;

namespace TinyNas.Search;

/// <summary>What a strategy is made from.</summary>
/// <param name="Space">Where it searches: parameters, neighbours and encoding.</param>
/// <param name="Fits">
/// Whether a configuration is structurally possible and within every limit that is known before training. Cheap and
/// exact, so a strategy need not spend a proposal to find out.
/// </param>
/// <param name="Seed">Seed of every random choice.</param>
public sealed record StrategyContext(ISearchSpace Space, Func<Configuration, bool> Fits, ulong Seed)
{
    /// <summary>The limits behind <see cref="Fits"/>, for strategies that weigh how much of a budget a network takes.</summary>
    public ImmutableArray<Constraint> Constraints { get; init; } = [];

    /// <summary>How far trials can be cut short. One rung: not at all.</summary>
    public FidelityLadder Ladder { get; init; } = FidelityLadder.Single;

    /// <summary>Samples that a score is the share of, which says how much of a difference is chance; 0: not known, or no share.</summary>
    public int ScoredSamples { get; init; }

    /// <summary>What is known of a configuration before training: MACs, RAM, flash, by the names of <see cref="Scalars"/>. Empty where nothing is.</summary>
    public Func<Configuration, IReadOnlyDictionary<string, double>> Figures { get; init; } = _ => TrialResult.NoScalars;
}
