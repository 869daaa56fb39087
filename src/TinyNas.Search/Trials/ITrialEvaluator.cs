namespace TinyNas.Search;

/// <summary>Checks the budget, then trains and scores one proposal. A pure function of (proposal, seed): safe to run in any order, on any thread.</summary>
public interface ITrialEvaluator
{
    TrialResult Evaluate(Proposal proposal, CancellationToken cancellation);
}
