using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using TinyNas.Model;
using TinyNas.Search;

namespace TinyNas.Benchmarks;

/// <summary>
/// Strategies on tables of learning curves, under budgets of MACs: how far the winner's accuracy, on average over the seeds of its training, is from the best
/// network's, and how many epochs that cost.
/// </summary>
internal static class Contest
{
    private static readonly ImmutableArray<double> Shares = [1, 0.3];

    public static int Print(string[] tables, int seeds)
    {
        Console.WriteLine("table, share of the largest network's MACs: strategy, mean regret in points, (90th percentile), epochs, networks");
        foreach (string path in tables)
        {
            string json = File.ReadAllText(path);
            ResultTable table = ResultTable.Parse(json, path);
            FeasibilityCheck check = Check(json, Budget.Unlimited, []);
            PrintCoinToss(json, path);
            double most = table.Configurations.Max(c => check.Check(c).Figures[Scalars.Macs]);
            foreach (double share in Shares)
            {
                var budget = new Budget(Macs: (long)(share * most));
                ImmutableArray<Constraint> constraints = BudgetConstraints.Of(budget, true);
                FeasibilityCheck limited = Check(json, budget, constraints);
                foreach (StrategyEntry strategy in StrategyRegistry.All)
                {
                    Outcome[] outcomes = [.. Enumerable.Range(1, seeds).Select(seed => Run(table, limited, constraints, strategy, (ulong)seed))];
                    Outcome[] sorted = [.. outcomes.OrderBy(o => o.Regret)];
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{Path.GetFileNameWithoutExtension(path)}, {share:0%}: {strategy.Name,-10} {100 * outcomes.Average(o => o.Regret),6:0.00} ({100 * sorted[9 * seeds / 10].Regret,5:0.00}) {outcomes.Average(o => o.Epochs),7:0} {outcomes.Average(o => o.Networks),5:0}"));
                }
            }
        }
        return 0;
    }

    /// <summary>How often the better of two networks, by the mean of their seeds at the end, is ahead after n epochs of one training each.</summary>
    private static void PrintCoinToss(string json, string path)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        double[][][] curves = [.. document.RootElement.GetProperty("results").EnumerateArray()
            .Select(r => r.GetProperty("curves").EnumerateArray().Select(c => c.EnumerateArray().Select(v => v.GetDouble()).ToArray()).ToArray())];
        double[] means = [.. curves.Select(c => c.Average(s => s[^1]))];
        Console.WriteLine($"{Path.GetFileNameWithoutExtension(path)}, probability of picking the better of two networks after n epochs:");
        foreach (int epochs in (int[])[1, 2, 3, 4, 5, 7, 10, 15, 20, 25, 30])
        {
            double right = 0, pairs = 0;
            for (int a = 0; a < curves.Length; a++)
                for (int b = 0; b < curves.Length; b++)
                    if (means[a] > means[b])
                        foreach (double[] better in curves[a])
                            foreach (double[] worse in curves[b])
                            {
                                pairs++;
                                right += better[epochs - 1] > worse[epochs - 1] ? 1 : better[epochs - 1] == worse[epochs - 1] ? 0.5 : 0;
                            }
            Console.WriteLine(FormattableString.Invariant($"  {epochs,2}: {right / pairs:0.000}"));
        }
    }

    private sealed record Outcome(double Regret, double Epochs, int Networks);

    private static Outcome Run(ResultTable table, FeasibilityCheck check, ImmutableArray<Constraint> constraints, StrategyEntry strategy, ulong seed)
    {
        bool Fits(Configuration configuration) => table.Fits(configuration) && check.Fits(configuration);
        var context = new StrategyContext(table.Space, Fits, seed)
        {
            Ladder = table.Ladder, Figures = c => check.Check(c).Figures, Constraints = constraints, ScoredSamples = 500,
        };
        var driver = new SearchDriver(strategy.Create(context), new OtherSeed(table, (int)seed), new ImmediateExecutor(), openTrials: 2)
        {
            Trials = strategy.Trials, FullEpochs = table.Epochs,
        };
        SearchRecord record = driver.RunAsync(default).Result;
        double best = table.Configurations.Where(Fits).Max(table.Mean);
        double epochs = record.Results.GroupBy(r => (r.Configuration, r.Proposal.Replicate)).Sum(g => g.Max(r => r.Outcome == TrialOutcome.Infeasible ? 0 : r.Proposal.Fidelity.Epochs ?? table.Epochs));
        return new Outcome(best - table.Mean(record.Best!.Configuration), epochs, record.Results.Select(r => r.Configuration).Distinct().Count());
    }

    private static FeasibilityCheck Check(string json, Budget budget, ImmutableArray<Constraint> constraints)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        int[] input = [.. document.RootElement.GetProperty("input").EnumerateArray().Select(e => e.GetInt32())];
        return new FeasibilityCheck(new NanoNasSpace(), new Shape(input[0], input[1], input[2]), document.RootElement.GetProperty("classes").GetInt32(),
            budget, constraints, "cortex-m4");
    }

    /// <summary>A table of which the first seed is another one.</summary>
    private sealed class OtherSeed(ResultTable table, int offset) : ITrialEvaluator
    {
        public TrialResult Evaluate(Proposal proposal, CancellationToken cancellation) =>
            table.Evaluate(proposal with { Replicate = proposal.Replicate + offset }, cancellation) with { Proposal = proposal };
    }
}
