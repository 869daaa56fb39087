namespace TinyNas.Training.Tests;

[TestClass]
public class RateScheduleTests
{
    private static readonly TrainingOptions Options = new() { Epochs = 4, LearningRate = 0.2 };

    private static double At(LearningRateSchedule schedule, long step, double warmUp = 0) =>
        RateSchedule.At(Options with { Schedule = schedule, WarmUp = warmUp }, step, 10);

    [TestMethod]
    public void TheCosineFallsToAHundredthOfTheRate()
    {
        Assert.AreEqual(0.2, At(LearningRateSchedule.Cosine, 0), 1e-12);
        Assert.AreEqual((0.2 + 0.002) / 2, At(LearningRateSchedule.Cosine, 20), 1e-12);
        Assert.AreEqual(0.002, At(LearningRateSchedule.Cosine, 40), 1e-12);
        Assert.AreEqual(0.002, At(LearningRateSchedule.Cosine, 45), 1e-12);
        Assert.AreEqual(0.2, At(LearningRateSchedule.Constant, 33));
    }

    [TestMethod]
    public void StepsComeAtHalfAndThreeQuarters() => CollectionAssert.AreEqual(
        new[] { 0.2, 0.2, 0.02, 0.02, 0.002, 0.002 }, new long[] { 0, 19, 20, 29, 30, 39 }.Select(s => Math.Round(At(LearningRateSchedule.Step, s), 12)).ToArray());

    [TestMethod]
    public void OneCycleRisesAndFalls()
    {
        Assert.AreEqual(0.2 / 25, At(LearningRateSchedule.OneCycle, 0), 1e-12);
        Assert.AreEqual((0.2 + 0.2 / 25) / 2, At(LearningRateSchedule.OneCycle, 6), 1e-12);
        Assert.AreEqual(0.2, At(LearningRateSchedule.OneCycle, 12), 1e-12);
        Assert.AreEqual(0.2 / 250_000, At(LearningRateSchedule.OneCycle, 40), 1e-12);
    }

    [TestMethod]
    public void AWarmUpRisesInAStraightLineAndShiftsTheRest()
    {
        CollectionAssert.AreEqual(new[] { 0.04, 0.08, 0.12, 0.16, 0.2, 0.2 },
            Enumerable.Range(0, 6).Select(s => Math.Round(At(LearningRateSchedule.Constant, s, 0.1), 12)).ToArray());
        Assert.AreEqual((0.2 + 0.002) / 2, At(LearningRateSchedule.Cosine, 22, 0.1), 1e-12);
    }
}
