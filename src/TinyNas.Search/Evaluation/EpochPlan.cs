namespace TinyNas.Search;

/// <summary>
/// How long to train when the project does not say. Small networks need steps, and a step has the same size whatever the
/// size of the data, so lengths are given in samples.
/// </summary>
public static class EpochPlan
{
    /// <summary>Samples that a trial sees at least.</summary>
    public const int TrialSamples = 20_000;

    /// <summary>Samples that the winner's training sees at least.</summary>
    public const int FinalSamples = 80_000;

    /// <summary>Large data are seen this often, as far as <see cref="MostFinalSamples"/> goes.</summary>
    public const int FewestFinalEpochs = 10;

    public const int MostFinalSamples = 1_000_000;

    public static int Trial(int trainingSamples) => Ceiling(TrialSamples, trainingSamples);

    public static int Final(int trainingSamples, int trialEpochs) => Math.Max(trialEpochs, Math.Max(
        Ceiling(FinalSamples, trainingSamples), Math.Min(FewestFinalEpochs, Ceiling(MostFinalSamples, trainingSamples))));

    private static int Ceiling(int samples, int perEpoch) => (samples + perEpoch - 1) / Math.Max(1, perEpoch);
}
