namespace TinyNas.Search;

/// <summary>Evaluates on the calling thread, for evaluators that only look something up.</summary>
public sealed class ImmediateExecutor : ITrialExecutor
{
    public int Workers => 1;

    public Task<TrialResult> Start(Proposal proposal, ITrialEvaluator evaluator, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return Task.FromCanceled<TrialResult>(cancellation);
        try
        {
            return Task.FromResult(evaluator.Evaluate(proposal, cancellation));
        }
        catch (Exception problem)
        {
            return Task.FromException<TrialResult>(problem);
        }
    }
}
