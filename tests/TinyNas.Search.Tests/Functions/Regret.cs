using System.Diagnostics;

namespace TinyNas.Search.Tests;

/// <summary>How far a strategy stays from the least value of a function after each evaluation, one proposal at a time.</summary>
/// <param name="Steps">After each trial: what all so far cost, in full evaluations (those outside the feasible region too), and the regret.</param>
/// <param name="Suggestion">Time for one proposal, on average.</param>
public sealed record Regret(IReadOnlyList<(double Cost, double Regret)> Steps, TimeSpan Suggestion)
{
    /// <summary>Before anything feasible was fully evaluated.</summary>
    public const double None = double.PositiveInfinity;

    public double Last => Steps.Count == 0 ? None : Steps[^1].Regret;

    /// <summary>The cost after which the regret is at most <paramref name="regret"/>; infinite: never.</summary>
    public double CostOf(double regret) => Steps.Where(s => s.Regret <= regret).Select(s => s.Cost).FirstOrDefault(double.PositiveInfinity);

    public static Regret Run(TestFunction function, string strategy, ulong seed, double budget)
    {
        var context = new StrategyContext(function, _ => true, seed) { Ladder = function.Ladder };
        ISearchStrategy search = StrategyRegistry.Find(strategy).Create(context);
        var trained = new Dictionary<string, double>(StringComparer.Ordinal);
        var steps = new List<(double, double)>();
        double cost = 0, least = None;
        long ticks = 0;
        while (cost < budget - 1e-9)
        {
            long start = Stopwatch.GetTimestamp();
            if (search.Ask() is not { } proposal) break;
            TrialResult result = function.Evaluate(proposal, default);
            search.Tell(result);
            ticks += Stopwatch.GetTimestamp() - start;
            string text = proposal.Configuration.ToString();
            double whole = proposal.Fidelity.Cost(TestFunction.FullEpochs);
            cost += whole - trained.GetValueOrDefault(text);
            trained[text] = whole;
            if (result.Outcome == TrialOutcome.Completed && proposal.Fidelity == Fidelity.Full) least = Math.Min(least, -result.Score - function.Least);
            steps.Add((cost, least));
        }
        return new Regret(steps, TimeSpan.FromTicks(ticks * TimeSpan.TicksPerSecond / Stopwatch.Frequency / Math.Max(1, steps.Count)));
    }

    /// <summary>Final regrets of seeds 1 to <paramref name="seeds"/>, ascending.</summary>
    public static double[] Of(TestFunction function, string strategy, int seeds, double budget) =>
        [.. Enumerable.Range(1, seeds).Select(seed => Run(function, strategy, (ulong)seed, budget).Last).Order()];
}
