using TinyNas.Model;

namespace TinyNas.Training;

internal static class RateSchedule
{
    /// <summary>Where the cosine ends, as a share of the learning rate.</summary>
    private const double Floor = 0.01;

    /// <summary>Learning rate of a step, counted from 0 over all epochs.</summary>
    public static double At(TrainingOptions options, long step, long stepsPerEpoch)
    {
        if (options.Schedule == LearningRateSchedule.Constant) return options.LearningRate;
        double progress = Math.Min(1, (double)step / Math.Max(1, options.Epochs * stepsPerEpoch));
        return options.LearningRate * (Floor + (1 - Floor) * 0.5 * (1 + DeterministicMath.Cos(Math.PI * progress)));
    }
}
