using System.Collections.Immutable;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search.Tests;

/// <summary>
/// Every kind of parameter, with conditions upon conditions and a limit, scored by a smooth function in closed form; configurations of
/// NanoNAS are scored by their size.
/// </summary>
internal sealed class SyntheticSpace : ISearchSpace, ITrialEvaluator
{
    public string Name => "synthetic";

    public string Description => "for tests";

    public ParameterSet Parameters { get; } = new(
        new IntegerParameter("depth", 1, 3),
        new IntegerParameter("width", 1, 64) { IsLogarithmic = true, Strides = [1, 3] },
        new ChoiceParameter("kind2", 0, 1, 2) { When = Condition.AtLeast("depth", 2) },
        new RealParameter("rate2", 1e-4, 1e-1) { IsLogarithmic = true, When = Condition.Is("kind2", 1) },
        new RealParameter("share3", 0, 1) { When = Condition.AtLeast("depth", 3) });

    public Configuration Smallest => new(("depth", 1), ("width", 1));

    public Network? Build(Configuration configuration, Shape input, int outputs) => null;

    public static bool Fits(Configuration configuration) => configuration["depth"] * configuration["width"] <= 100;

    /// <summary>Best, 1, at depth 3, width 32, kind 1, rate 0.003, share 0.7.</summary>
    public TrialResult Evaluate(Proposal proposal, CancellationToken cancellation)
    {
        Configuration configuration = proposal.Configuration;
        double score = configuration.Values.ContainsKey("k")
            ? 1 - 1.0 / (configuration["k"] + configuration["c"])
            : 1 - Distance(configuration);
        return new TrialResult(proposal, TrialOutcome.Completed, score, TrialResult.NoScalars.Add(Scalars.Macs, 10.0 * configuration.Values.Count));
    }

    public SearchRecord Search(string strategy, ulong seed, int openTrials, int trials) => new SearchDriver(
        StrategyRegistry.Find(strategy).Create(new StrategyContext(this, Fits, seed)), this, new ImmediateExecutor(), openTrials) { Trials = trials }
        .RunAsync(default).Result;

    private static double Distance(Configuration configuration)
    {
        IReadOnlyDictionary<string, double> values = configuration.Values;
        double width = DeterministicMath.Log(values["width"] / 32) / 4;
        double distance = 0.2 * (3 - values["depth"]) + 0.5 * width * width;
        if (values.TryGetValue("kind2", out double kind) && kind != 1) distance += 0.2;
        if (values.TryGetValue("rate2", out double rate)) distance += 0.02 * Square(DeterministicMath.Log(rate / 0.003));
        if (values.TryGetValue("share3", out double share)) distance += 0.4 * Square(share - 0.7);
        return distance;
    }

    private static double Square(double x) => x * x;
}
