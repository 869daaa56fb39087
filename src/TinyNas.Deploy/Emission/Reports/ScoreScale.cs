namespace TinyNas.Deploy;

/// <summary>The upright axis that charts of scores share: from a little below the least to a little above the largest.</summary>
internal sealed class ScoreScale
{
    private readonly double low, high;
    private readonly int height;

    public ScoreScale(IEnumerable<double> scores, int height)
    {
        this.height = height;
        double[] all = [.. scores];
        (low, high) = (all.Min(), all.Max());
        double margin = Math.Max((high - low) * 0.06, 1e-3);
        (low, high) = (low - margin, high + margin);
    }

    public double Y(double score) => height - (score - low) / (high - low) * height;

    public void DrawTicks(Chart chart)
    {
        foreach (double tick in Ticks.Of(low, high)) chart.LeftTick(Y(tick), Ticks.Short(tick));
    }
}
