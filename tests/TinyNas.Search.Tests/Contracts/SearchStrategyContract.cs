using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Search.Tests;

/// <summary>What every strategy keeps to, whatever it is told and however many proposals are open; its tests inherit this.</summary>
public abstract class SearchStrategyContract
{
    protected abstract string Name { get; }

    protected virtual ISearchSpace Space => new NanoNasSpace();

    /// <summary>Networks after which a search is taken to be stuck.</summary>
    protected virtual int MostTrials => 150;

    private const int FullEpochs = 9;

    /// <summary>1, 3 and 9 epochs.</summary>
    private static readonly FidelityLadder Ladder = FidelityLadder.Of(FullEpochs, 1000);

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(8)]
    public void NothingIsAskedTwice(int openTrials)
    {
        for (ulong seed = 0; seed < 8; seed++)
            Assert.HasCount(0, Run(seed, openTrials).Results.GroupBy(r => r.Proposal).Where(g => g.Count() > 1), $"seed {seed}");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void SameSeedAndResultsGiveTheSameProposals(int openTrials)
    {
        for (ulong seed = 0; seed < 5; seed++)
            CollectionAssert.AreEqual(Run(seed, openTrials).Results, Run(seed, openTrials).Results);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void TheWinnerIsACompletedTrialThatWasTold(int openTrials)
    {
        for (ulong seed = 0; seed < 8; seed++)
        {
            SearchRecord record = Run(seed, openTrials);
            Assert.IsNotNull(record.Best);
            Assert.AreEqual(TrialOutcome.Completed, record.Best.Outcome);
            CollectionAssert.Contains(record.Results, record.Best);
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void ProposalsStandOnTheLadderAndTheWinnerAsHighAsAnyGot(int openTrials)
    {
        for (ulong seed = 0; seed < 4; seed++)
        {
            SearchRecord record = Run(seed, openTrials);
            Assert.HasCount(0, record.Results.Where(r => Ladder.IndexOf(r.Proposal) < 0), $"seed {seed}");
            int reached = record.Results.Where(r => r.Outcome == TrialOutcome.Completed).Max(r => Ladder.IndexOf(r.Proposal));
            Assert.AreEqual(reached, Ladder.IndexOf(record.Best!.Proposal), $"seed {seed}");
        }
    }

    [TestMethod]
    public void ItEndsWithoutAWinnerWhereNothingFits()
    {
        var strategy = Create(_ => false);
        SearchRecord record = new SearchDriver(strategy, new Fails(TrialOutcome.Infeasible), new ImmediateExecutor(), 4) { Trials = MostTrials }
            .RunAsync(default).Result;
        Assert.IsNull(record.Best);
        Assert.IsTrue(strategy.IsFinished);
        Assert.IsNull(strategy.Ask());
    }

    [TestMethod]
    public void AFailedTrialNeverWins()
    {
        var strategy = Create(_ => true);
        SearchRecord record = new SearchDriver(strategy, new Fails(TrialOutcome.Failed), new ImmediateExecutor(), 2) { Trials = MostTrials }
            .RunAsync(default).Result;
        Assert.IsNull(record.Best);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(8)]
    public void WorkersAndTimingChangeNothing(int workers)
    {
        using var executor = new LocalExecutor(workers);
        SearchRecord expected = Run(1, 4, trials: 40);
        SearchRecord record = new SearchDriver(Create(Fits), new Delayed(new Landscape(1), (ulong)workers), executor, 4) { Trials = 40, FullEpochs = FullEpochs }.RunAsync(default).Result;
        CollectionAssert.AreEqual(expected.Results, record.Results);
        Assert.AreEqual(expected.Best, record.Best);
    }

    [TestMethod]
    [DataRow("vww-prime23")]
    [DataRow("cifar10-l010rbt6")]
    [DataRow("vww-l010rbt6")]
    public async Task APublishedTableIsReplayedAlikeEveryTime(string name)
    {
        ResultTable table = ResultTable.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "tests", "TinyNas.Search.Tests", "Tables", name + ".json")), name);
        Replay replay = await Replay.RunAsync(table, Name, 5, 20, default), again = await Replay.RunAsync(table, Name, 5, 20, default);
        CollectionAssert.AreEqual(replay.Visited, again.Visited);
        Assert.AreEqual(replay.Visited.Where(r => r.Outcome == TrialOutcome.Completed).Max(r => r.Score), replay.Best!.Score);
    }

    private SearchRecord Run(ulong seed, int openTrials, int? trials = null) =>
        new SearchDriver(Create(Fits), new Landscape(seed), new ImmediateExecutor(), openTrials) { Trials = trials ?? MostTrials, FullEpochs = FullEpochs }.RunAsync(default).Result;

    private ISearchStrategy Create(Func<Configuration, bool> fits) =>
        StrategyRegistry.Find(Name).Create(new StrategyContext(Space, fits, Seed: 7) { Ladder = Ladder });

    private bool Fits(Configuration configuration) =>
        Space.Build(configuration, new Shape(50, 50, 3), 10) is { } network && NetworkSize.Of(network).Macs <= 2_000_000;

    /// <summary>Scores that rise with size, with seeded noise that makes a strategy turn at different places; what does not fit is infeasible.</summary>
    private sealed class Landscape(ulong seed) : ITrialEvaluator
    {
        public TrialResult Evaluate(Proposal proposal, CancellationToken cancellation)
        {
            Configuration configuration = proposal.Configuration;
            var space = new NanoNasSpace();
            if (space.Build(configuration, new Shape(50, 50, 3), 10) is not { } network || NetworkSize.Of(network) is not { Macs: <= 2_000_000 } size)
                return TrialResult.Infeasible(proposal, "too large");
            var noise = RandomStream.Create(seed, RandomStream.KeyOf(configuration.ToString()));
            if (noise.NextDouble() < 0.02) return TrialResult.Failed(proposal, "diverged");
            double score = 1 - 1 / (1 + 0.02 * Math.Sqrt(size.Parameters)) + 0.02 * noise.NextDouble();
            // Cut short, a training gives less, and says less: new noise for each length.
            if (proposal.Fidelity.Epochs is { } epochs) score -= 0.1 / epochs * RandomStream.Create(seed, RandomStream.KeyOf(proposal.ToString())).NextDouble();
            return new TrialResult(proposal, TrialOutcome.Completed, score, TrialResult.NoScalars);
        }
    }

    private sealed class Delayed(ITrialEvaluator evaluator, ulong delaySeed) : ITrialEvaluator
    {
        public TrialResult Evaluate(Proposal proposal, CancellationToken cancellation)
        {
            cancellation.WaitHandle.WaitOne(RandomStream.Create(delaySeed, RandomStream.KeyOf(proposal.ToString())).NextInt(8));
            return evaluator.Evaluate(proposal, cancellation);
        }
    }

    private sealed class Fails(TrialOutcome outcome) : ITrialEvaluator
    {
        public TrialResult Evaluate(Proposal proposal, CancellationToken cancellation) =>
            new(proposal, outcome, TrialResult.NoScore, TrialResult.NoScalars, outcome.ToString().ToLower(CultureInfo.InvariantCulture));
    }
}
