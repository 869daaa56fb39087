using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// Bayesian optimisation as in Mango (Sandha et al. 2020): a Gaussian process with a Matérn kernel on encoded configurations, and an
/// upper confidence bound μ + 2σ. Proposals that are open are hallucinated: each counts as observed at its predicted mean, so
/// that the next one looks elsewhere.
/// <para>
/// Departures from Mango. Candidates fit the budget and are new; beside random ones they include what is one step from the best and what is near it:
/// random draws alone hardly meet a good region in many dimensions. The process's length and noise come from fixed lists, not
/// from random restarts. Ten proposals are random at first (two published, with a share of random ones that falls slowly).
/// </para>
/// </summary>
public sealed class GpUcbStrategy(StrategyContext context) : ISearchStrategy
{
    internal const int DefaultTrials = 60;

    private const int FirstRandom = 10;

    private const double Optimism = 2;

    /// <summary>Random candidates per proposal, and how many of the best results have their neighbours among the candidates.</summary>
    private const int Draws = 300, Leaders = 3;

    /// <summary>Around the best, as shares of the range, for what is finer than a step.</summary>
    private static readonly double[] Radii = [0.05, 0.01];

    private const int NearDraws = 30;

    private readonly FeasibleProposals proposals = new(context);
    private readonly List<TrialResult> told = [];
    private readonly List<Configuration> open = [];
    private RandomStream random = RandomStream.Create(context.Seed, RandomStream.KeyOf("gp-ucb"));
    private readonly ProcessFitter fitter = new(context.Space.Parameters);
    private int asked;

    public string Name => "gp-ucb";

    public bool IsFinished { get; private set; }

    public TrialResult? Best { get; private set; }

    public Proposal? Ask()
    {
        if (IsFinished) return null;
        Configuration? next = (asked < FirstRandom || told.Count < 2 ? null : Promising()) ?? proposals.Take();
        if (next is null) IsFinished = true;
        else open.Add(next);
        asked++;
        return next;
    }

    public void Tell(TrialResult result)
    {
        Best = result.BetterOf(Best);
        open.Remove(result.Configuration);
        // As in Mango, a failed trial says nothing; it is only never tried again.
        if (result.Outcome == TrialOutcome.Completed) told.Add(result);
    }

    /// <summary>The candidate of the largest bound that fits, of equals the first; taken.</summary>
    private Configuration? Promising()
    {
        GaussianProcess process = Fit();
        // Fits is asked in the order of promise: as a rule once.
        return LazyOrder.ByCost(
                Candidates().Select(c => (Configuration: c, Point: context.Space.Parameters.Encode(c))),
                c => -Bound(process.Sketch(c.Point)), c => -Bound(process.Predict(c.Point)))
            .Select(c => c.Configuration).FirstOrDefault(proposals.TryTake);
    }

    private static double Bound((double Mean, double Deviation) predicted) => predicted.Mean + Optimism * predicted.Deviation;

    private GaussianProcess Fit()
    {
        ParameterSet parameters = context.Space.Parameters;
        GaussianProcess process = fitter.Fit(told);
        foreach (Configuration configuration in open)
        {
            double[] point = parameters.Encode(configuration);
            process.Add(point, process.Predict(point).Mean);
        }
        return process;
    }

    private IEnumerable<Configuration> Candidates()
    {
        var candidates = new List<Configuration>();
        foreach (TrialResult leader in told.OrderByDescending(r => r.Score).Take(Leaders)) candidates.AddRange(context.Space.Neighbours(leader.Configuration));
        foreach (double radius in Radii)
            for (int i = 0; i < NearDraws; i++) candidates.Add(context.Space.Parameters.Near(Best!.Configuration, radius, ref random));
        for (int i = 0; i < Draws; i++) candidates.Add(context.Space.Parameters.Sample(ref random));
        return candidates.Distinct();
    }
}
