namespace TinyNas.Search;

/// <summary>What a strategy is made from.</summary>
/// <param name="Space">Where it searches.</param>
/// <param name="Fits">
/// Whether a configuration is structurally possible and within every limit that is known before training. Cheap and
/// exact, so a strategy need not spend a proposal to find out.
/// </param>
/// <param name="Seed">Seed of every random choice.</param>
public sealed record StrategyContext(ISearchSpace Space, Func<Configuration, bool> Fits, ulong Seed);
