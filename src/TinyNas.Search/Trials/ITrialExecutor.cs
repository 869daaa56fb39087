namespace TinyNas.Search;

/// <summary>Where trials run: threads of this process now, a cluster later. Results may complete in any order.</summary>
public interface ITrialExecutor
{
    /// <summary>Trials that run at once.</summary>
    int Workers { get; }

    Task<TrialResult> Start(Proposal proposal, ITrialEvaluator evaluator, CancellationToken cancellation);
}
