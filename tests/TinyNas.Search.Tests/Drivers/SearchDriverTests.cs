using TinyNas.Model;

namespace TinyNas.Search.Tests;

/// <summary>What is asked, who wins and what is recorded depends neither on workers nor on timing nor on interruptions.</summary>
[TestClass]
public sealed class SearchDriverTests
{
    private const int OpenTrials = 4;

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(8)]
    public async Task WorkersAndTimingChangeNothing(int workers)
    {
        string expected = Trace(await Run(new SlowEvaluator(delaySeed: 0), 1));
        for (ulong delaySeed = 1; delaySeed <= 3; delaySeed++)
            Assert.AreEqual(expected, Trace(await Run(new SlowEvaluator(delaySeed), workers)), $"delays {delaySeed}");
    }

    [TestMethod]
    public async Task ASearchCancelledAgainAndAgainEndsLikeOneThatWasNot()
    {
        string expected = Trace(await Run(new SlowEvaluator(0), 1));
        using var folder = new TemporaryFolder();
        int interruptions = 0, trained = 0;
        while (true)
        {
            var evaluator = new SlowEvaluator((ulong)interruptions);
            using var cancellation = new CancellationTokenSource();
            using TrialJournal journal = TrialJournal.Open(folder["trials.journal"], "key");
            try
            {
                int news = 0;
                SearchRecord record = await Run(evaluator, 2, journal, cancellation.Token, e => { if (!e.Resumed && ++news == 2) cancellation.Cancel(); });
                trained += evaluator.Evaluated;
                Assert.AreEqual(expected, Trace(record));
                Assert.IsGreaterThan(2, interruptions);
                Assert.IsLessThanOrEqualTo(record.Results.Length + OpenTrials * interruptions, trained, "only trials under way may be repeated");
                return;
            }
            catch (OperationCanceledException)
            {
                trained += evaluator.Evaluated;
                interruptions++;
            }
        }
    }

    [TestMethod]
    public async Task NothingRunsOnAfterCancellation()
    {
        using var cancellation = new CancellationTokenSource();
        var evaluator = new SlowEvaluator(1);
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => Run(evaluator, 4, null, cancellation.Token, e => { if (e.Number == 3) cancellation.Cancel(); }));
        Assert.AreEqual(0, evaluator.Running);
    }

    [TestMethod]
    public async Task ABrokenEvaluatorEndsTheSearchWithItsOwnException()
    {
        var problem = await Assert.ThrowsExactlyAsync<InvalidDataException>(() => Run(new BrokenEvaluator(), 2));
        Assert.AreEqual("broken", problem.Message);
    }

    [TestMethod]
    public async Task ResultsAreToldInTheOrderOfAsking()
    {
        var strategy = new OrderStrategy();
        var driver = new SearchDriver(strategy, new SlowEvaluator(3), new LocalExecutor(8), 8);
        await driver.RunAsync(default);
        CollectionAssert.AreEqual(strategy.Asked, strategy.Told);
        Assert.AreEqual(8, strategy.MostOpen);
    }

    [TestMethod]
    public async Task ATrialLimitCountsNetworksAndIsNamedAsTheEnd()
    {
        var driver = new SearchDriver(Strategy(), new SlowEvaluator(0), new ImmediateExecutor(), 3) { Trials = 9 };
        SearchRecord record = await driver.RunAsync(default);
        Assert.HasCount(9, record.Results.Where(r => r.Outcome != TrialOutcome.Infeasible));
        Assert.AreEqual(SearchEnd.TrialLimit, record.End);
    }

    [TestMethod]
    public async Task ATimeLimitEndsAskingFinishesWhatIsOpenAndIsNamedAsTheEnd()
    {
        var driver = new SearchDriver(Strategy(), new SlowEvaluator(0), new ImmediateExecutor(), 2) { TimeLimit = TimeSpan.FromMilliseconds(1) };
        SearchRecord record = await driver.RunAsync(default);
        Assert.IsLessThanOrEqualTo(4, record.Results.Length);
        Assert.AreEqual(SearchEnd.TimeLimit, record.End);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public async Task ASearchThatItsTimeLimitEndedIsRepeatedTrialByTrial(int workers)
    {
        var first = new SearchDriver(Strategy(), new SlowEvaluator(0), new LocalExecutor(2), OpenTrials) { TimeLimit = TimeSpan.FromMilliseconds(25) };
        SearchRecord ended = await first.RunAsync(default);
        Assert.AreEqual(SearchEnd.TimeLimit, ended.End);
        var again = new SearchDriver(Strategy(), new SlowEvaluator(5), new LocalExecutor(workers), OpenTrials)
        {
            TimeLimit = TimeSpan.FromTicks(1), Follow = [.. ended.Results.Select(r => r.Configuration.ToString())],
        };
        Assert.AreEqual(Trace(ended), Trace(await again.RunAsync(default)));
    }

    [TestMethod]
    public async Task ATrialThatIsNotTheListedOneIsAnError()
    {
        var driver = new SearchDriver(Strategy(), new SlowEvaluator(0), new ImmediateExecutor(), 2) { Follow = ["c=7 k=7"] };
        var problem = await Assert.ThrowsExactlyAsync<TinyNasException>(() => driver.RunAsync(default));
        Assert.AreEqual("TNAS0213", problem.Diagnostic.Code);
    }

    private static Task<SearchRecord> Run(
        ITrialEvaluator evaluator, int workers, TrialJournal? journal = null, CancellationToken cancellation = default, Action<TrialEvent>? progress = null) =>
        new SearchDriver(Strategy(), evaluator, new LocalExecutor(workers), OpenTrials) { Journal = journal, Progress = progress }.RunAsync(cancellation);

    private static NanoNasStrategy Strategy() => new(new StrategyContext(new NanoNasSpace(), SlowEvaluator.Fits, 0));

    private static string Trace(SearchRecord record) =>
        string.Join('\n', record.Results.Select(JournalRecord.Write).Append($"best {record.Best?.Configuration}").Append(record.End.ToString()));

    /// <summary>A score that depends on the configuration alone, after a delay that does not.</summary>
    private sealed class SlowEvaluator(ulong delaySeed) : ITrialEvaluator
    {
        private int evaluated;
        private int running;

        public int Evaluated => evaluated;

        public int Running => running;

        public static bool Fits(Configuration configuration) => configuration["c"] <= 4;

        public TrialResult Evaluate(Proposal proposal, CancellationToken cancellation)
        {
            Configuration configuration = proposal.Configuration;
            Interlocked.Increment(ref running);
            try
            {
                ulong key = RandomStream.KeyOf(configuration.ToString());
                cancellation.WaitHandle.WaitOne(RandomStream.Create(delaySeed, key).NextInt(8));
                cancellation.ThrowIfCancellationRequested();
                Interlocked.Increment(ref evaluated);
                if (!Fits(configuration)) return TrialResult.Infeasible(proposal, "too deep");
                double noise = RandomStream.Create(11, key).NextDouble();
                return new TrialResult(proposal, TrialOutcome.Completed,
                    0.4 + 0.03 * configuration["k"] + 0.05 * configuration["c"] + 0.05 * noise,
                    TrialResult.NoScalars.Add("noise", noise));
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        }
    }

    private sealed class BrokenEvaluator : ITrialEvaluator
    {
        public TrialResult Evaluate(Proposal proposal, CancellationToken cancellation) =>
            proposal.Configuration["c"] < 2 ? new TrialResult(proposal, TrialOutcome.Completed, proposal.Configuration["c"], TrialResult.NoScalars) : throw new InvalidDataException("broken");
    }

    private sealed class OrderStrategy : ISearchStrategy
    {
        public string Name => "order";
        public List<Configuration> Asked { get; } = [];
        public List<Configuration> Told { get; } = [];
        public int MostOpen { get; private set; }
        public bool IsFinished => Told.Count == 40;
        public TrialResult? Best => null;

        public Proposal? Ask()
        {
            if (Asked.Count == 40) return null;
            Asked.Add(NanoNasSpace.At(Asked.Count + 1, 0));
            MostOpen = Math.Max(MostOpen, Asked.Count - Told.Count);
            return Asked[^1];
        }

        public void Tell(TrialResult result) => Told.Add(result.Configuration);
    }
}
