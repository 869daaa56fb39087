namespace TinyNas.Search;

/// <summary>
/// A process over results that grow in number. Length and noise are looked for anew only when there is a tenth more to learn them from: that
/// costs eight times what the process itself does.
/// </summary>
internal sealed class ProcessFitter(ParameterSet parameters)
{
    private const int RefitShare = 10;

    /// <summary>A proposal's cost grows with the square of these; of more, the latest count.</summary>
    private const int MostObservations = 250;

    private double length, noise;
    private int refitAt;

    public GaussianProcess Fit(IReadOnlyList<TrialResult> results)
    {
        IEnumerable<TrialResult> observed = results.Skip(results.Count - MostObservations);
        double[][] points = [.. observed.Select(r => parameters.Encode(r.Configuration))];
        double[] scores = [.. observed.Select(r => r.Score)];
        if (results.Count < refitAt) return GaussianProcess.Create(length, noise, points, scores);
        GaussianProcess process = GaussianProcess.Fit(points, scores);
        (length, noise) = (process.Length, process.Noise);
        refitAt = results.Count + 1 + results.Count / RefitShare;
        return process;
    }
}
