using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search.Tests;

/// <summary>Ten dials with ten positions each, too many to draw well by chance; the score is how near each is to where it should be.</summary>
internal sealed class DialsSpace : ISearchSpace, ITrialEvaluator
{
    private const int Dials = 10;

    public string Name => "dials";

    public string Description => "for tests";

    public ParameterSet Parameters { get; } = new([.. Enumerable.Range(0, Dials).Select(i => new IntegerParameter($"d{i}", 0, 9))]);

    public Configuration Smallest => new(Enumerable.Range(0, Dials).Select(i => ($"d{i}", 0.0)));

    public Network? Build(Configuration configuration, Shape input, int outputs) => null;

    public static bool Fits(Configuration configuration) => configuration.Values.Values.Sum() <= 50;

    public TrialResult Evaluate(Proposal proposal, CancellationToken cancellation)
    {
        Configuration configuration = proposal.Configuration;
        double score = 1;
        for (int i = 0; i < Dials; i++)
        {
            double off = (configuration[$"d{i}"] - 3 * i % 8) / 9.0;
            score -= off * off;
        }
        return new TrialResult(proposal, TrialOutcome.Completed, score, TrialResult.NoScalars);
    }

    public SearchRecord Search(ISearchStrategy strategy, int openTrials, int trials) =>
        new SearchDriver(strategy, this, new ImmediateExecutor(), openTrials) { Trials = trials }.RunAsync(default).Result;

    /// <summary>The median of the best scores of several seeds.</summary>
    public double Median(string strategy, int seeds, int trials) => Enumerable.Range(0, seeds)
        .Select(seed => Search(StrategyRegistry.Find(strategy).Create(new StrategyContext(this, Fits, (ulong)seed)), 2, trials).Best!.Score)
        .Order().ElementAt(seeds / 2);
}
