using TinyNas.Model;

namespace TinyNas.Training;

internal static class RateSchedule
{
    /// <summary>Where the cosine ends, as a share of the learning rate.</summary>
    private const double Floor = 0.01;

    private const double OneCycleRise = 0.3, OneCycleStart = 1 / 25.0, OneCycleEnd = OneCycleStart / 1e4;

    /// <summary>Learning rate of a step, counted from 0 over all epochs.</summary>
    public static double At(TrainingOptions options, long step, long stepsPerEpoch)
    {
        double steps = Math.Max(1, options.Epochs * stepsPerEpoch), rising = Math.Floor(options.WarmUp * steps);
        if (step < rising) return options.LearningRate * ((step + 1) / (rising + 1));
        double progress = Math.Min(1, (step - rising) / (steps - rising));
        return options.Schedule switch
        {
            LearningRateSchedule.Constant => options.LearningRate,
            LearningRateSchedule.Cosine => options.LearningRate * (Floor + (1 - Floor) * 0.5 * (1 + DeterministicMath.Cos(Math.PI * progress))),
            LearningRateSchedule.Step => options.LearningRate * (progress < 0.5 ? 1 : progress < 0.75 ? 0.1 : 0.01),
            LearningRateSchedule.OneCycle => options.LearningRate * (progress < OneCycleRise
                ? Between(OneCycleStart, 1, progress / OneCycleRise)
                : Between(1, OneCycleEnd, (progress - OneCycleRise) / (1 - OneCycleRise))),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Schedule, null),
        };
    }

    /// <summary>Half a cosine from one value to another.</summary>
    private static double Between(double from, double to, double progress) => to + (from - to) * 0.5 * (1 + DeterministicMath.Cos(Math.PI * progress));
}
