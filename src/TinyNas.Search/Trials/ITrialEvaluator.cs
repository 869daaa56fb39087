namespace TinyNas.Search;

/// <summary>Checks the budget, then trains and scores one configuration. A pure function of (configuration, seed): safe to run in any order, on any thread.</summary>
public interface ITrialEvaluator
{
    TrialResult Evaluate(Configuration configuration, CancellationToken cancellation);
}
