using System.Collections.Immutable;

namespace TinyNas.Search;

/// <summary>What a search has done: every result in the order of asking, the strategy's winner (null: none), and why it ended.</summary>
public sealed record SearchRecord(TrialResult? Best, ImmutableArray<TrialResult> Results, SearchEnd End);
