using TinyNas.Data;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search.Tests;

/// <summary>Every space under a strategy that draws from it, on the real trainer, quantiser and integer kernels.</summary>
[TestClass]
public sealed class SpaceSearchTests
{
    [TestMethod]
    [DataRow("colabnas", "gp-ucb", false)]
    [DataRow("enas", "evolution", false)]
    [DataRow("enas", "auto", true)]
    [DataRow("dscnn", "random", false)]
    [DataRow("dscnn", "gp-ucb", true)]
    [DataRow("mlp", "evolution", true)]
    public async Task ItIsSearchedToANetworkThatFits(string space, string strategy, bool windows)
    {
        using var folder = new TemporaryFolder();
        DataSet data = windows ? BarsData.Windows(60, 1) : BarsData.Images(60, 1);
        var plan = new SearchPlan
        {
            Data = data, Split = Splitter.HoldOut(data, 0.3, 1), Budget = new Budget(Macs: 60_000),
            Options = new SearchOptions { Seed = 5, Space = space, Strategy = strategy, Trials = 4, Epochs = 1, FinalEpochs = 1, Workers = 2 },
        };
        SearchOutcome outcome = await ModelSearch.RunAsync(plan, new ManagedTrainer(), folder.Path, null, default);
        Assert.AreEqual(SearchEnd.TrialLimit, outcome.End);
        Assert.AreEqual(4, outcome.Metrics["trialsTrained"]);
        Assert.AreEqual(0, outcome.Metrics["trialsInfeasible"]);
        Assert.IsLessThanOrEqualTo(60_000, outcome.Trace.Single(t => t.Configuration == outcome.Winner.ToString()).Scalars[Scalars.Macs]);
    }

    [TestMethod]
    public void AStrategyThatDoesNotSuitTheSpaceIsRefusedBeforeAnythingIsTrained()
    {
        using var folder = new TemporaryFolder();
        DataSet data = BarsData.Images(60, 1);
        var plan = new SearchPlan { Data = data, Split = Splitter.HoldOut(data, 0.3, 1), Options = new SearchOptions { Space = "mlp", Strategy = "nanonas" } };
        var problem = Assert.ThrowsExactly<TinyNasException>(
            () => ModelSearch.RunAsync(plan, new ManagedTrainer(), folder.Path, e => Assert.Fail(e.ToString()), default).GetAwaiter().GetResult());
        Assert.AreEqual("TNAS0002", problem.Diagnostic.Code);
        StringAssert.Contains(problem.Message, "nanonas or colabnas");
    }
}
