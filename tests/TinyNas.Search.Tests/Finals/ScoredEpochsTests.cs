namespace TinyNas.Search.Tests;

[TestClass]
public sealed class ScoredEpochsTests
{
    [TestMethod]
    public void OnlyTheLastQuarterIsScoredTheLastEpochAlwaysAndAtMostSixteen()
    {
        for (int epochs = 1; epochs <= 400; epochs++)
        {
            int[] scored = [.. Enumerable.Range(1, epochs).Where(e => FinalTraining.IsScored(e, epochs))];
            Assert.AreEqual(epochs, scored[^1], $"{epochs} epochs");
            Assert.IsTrue(scored[0] > epochs - Math.Max(1, epochs / 4), $"{epochs} epochs");
            Assert.HasCount(Math.Clamp(epochs / 4, 1, FinalTraining.MostScoredEpochs), scored, $"{epochs} epochs");
        }
    }

    [TestMethod]
    [DataRow(10)]
    [DataRow(500)]
    [DataRow(700)]
    [DataRow(42000)]
    [DataRow(5000000)]
    public void ATrialSeesEnoughSamplesAndTheFinalTrainingIsLongerWithinBounds(int samples)
    {
        int trial = EpochPlan.Trial(samples), final = EpochPlan.Final(samples, trial);
        Assert.IsGreaterThanOrEqualTo(EpochPlan.TrialSamples, (long)trial * samples);
        Assert.IsGreaterThanOrEqualTo(trial, final);
        Assert.IsGreaterThanOrEqualTo(EpochPlan.FinalSamples, (long)final * samples);
        Assert.IsTrue(final == trial || (long)(final - 1) * samples < EpochPlan.MostFinalSamples);
    }
}
