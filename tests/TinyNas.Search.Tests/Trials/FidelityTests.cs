namespace TinyNas.Search.Tests;

[TestClass]
public sealed class FidelityTests
{
    [TestMethod]
    public void AFullTrialIsCalledAsItsConfigurationAndAnotherByWhatDiffers()
    {
        Configuration configuration = NanoNasSpace.At(3, 2);
        Proposal full = configuration;
        Assert.AreEqual("c=2 k=3", full.ToString());
        Assert.AreEqual("c=2 k=3 @10", new Proposal(configuration, new Fidelity { Epochs = 10 }).ToString());
        Assert.AreEqual("c=2 k=3 #1 @1 /9", new Proposal(configuration, new Fidelity { Epochs = 1, Part = 9 }, Replicate: 1).ToString());
    }

    [TestMethod]
    [DataRow(14, 1010, "@2 @5 full")]
    [DataRow(9, 1000, "@1 @3 full")]
    [DataRow(100, 140, "@11 @33 full")]
    [DataRow(7, 3000, "@1 @2 full")]
    [DataRow(1, 42000, "/27 /9 /3 full")]
    [DataRow(2, 12000, "@1 /5 @1 full")]
    [DataRow(1, 500, "full")]
    public void TheLadderGoesDownByThreeAsLongAsAThousandSamplesAreSeen(int epochs, int samples, string rungs)
    {
        FidelityLadder ladder = FidelityLadder.Of(epochs, samples);
        Assert.AreEqual(rungs, string.Join(' ', ladder.Rungs.Select(r => r == Fidelity.Full ? "full" : r.ToString().Trim())));
        Assert.AreEqual(Fidelity.Full, ladder.Rungs[ladder.Top]);
        double[] costs = [.. ladder.Rungs.Select(r => r.Cost(epochs))];
        CollectionAssert.AreEqual(costs.Order().ToArray(), costs);
        if (ladder.Top > 0) Assert.IsGreaterThanOrEqualTo(0.9 * FidelityLadder.FewestSamples, costs[0] * epochs * samples);
    }

    [TestMethod]
    public void ATrainingThatGoesOnCostsTheDifference()
    {
        var costs = new TrialCosts(fullEpochs: 9);
        Proposal Short(int k, int epochs) => new(NanoNasSpace.At(k, 0), new Fidelity { Epochs = epochs });
        void Tell(Proposal proposal, TrialOutcome outcome = TrialOutcome.Completed) => costs.Tell(new TrialResult(proposal, outcome, 0, TrialResult.NoScalars));
        Tell(Short(1, 3));
        Assert.AreEqual(3 / 9.0, costs.Told);
        Assert.AreEqual(6 / 9.0, costs.Of(NanoNasSpace.At(1, 0)), 1e-15);
        Assert.AreEqual(1, costs.Of(NanoNasSpace.At(2, 0)));
        Assert.AreEqual(1, costs.Of(new Proposal(NanoNasSpace.At(1, 0), Fidelity.Full, Replicate: 1)), "another seed begins anew");
        Tell(NanoNasSpace.At(1, 0));
        Assert.AreEqual(1, costs.Told, 1e-15);
        Tell(Short(3, 9), TrialOutcome.Infeasible);
        Tell(new Proposal(NanoNasSpace.At(4, 0), new Fidelity { Epochs = 3, Part = 2 }), TrialOutcome.Failed);
        Assert.AreEqual(1 + 1 / 6.0, costs.Told, 1e-15);
    }
}
