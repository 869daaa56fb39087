using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>Score against a resource: a dot per trained network, the Pareto front joined, the budget as a line.</summary>
internal static class ScatterDrawing
{
    private const int Height = 220;

    /// <summary>An SVG element, or nothing where no trial has the figure.</summary>
    /// <param name="trials">The trace.</param>
    /// <param name="unit">Of the figure, for the tips.</param>
    /// <param name="limit">The budget, or null.</param>
    /// <param name="scalars">Whose sum the figure is.</param>
    public static string Draw(Trials trials, string unit, long? limit, params string[] scalars)
    {
        var points = trials.Completed.Select(t => (t.Entry, t.Index, X: Trials.Figure(t.Entry, scalars)))
            .Where(p => p.X is not null).Select(p => (p.Entry, p.Index, X: p.X!.Value)).ToList();
        if (points.Count == 0) return "";
        var chart = new Chart(Height, $"Score of the trained networks against {unit}");
        double right = Math.Max(points.Max(p => p.X), 1) * 1.04;
        // A budget far beyond every network would squeeze them into a corner.
        if (limit is { } most && most < right * 2) right = Math.Max(right, most * 1.04);
        var scale = new ScoreScale(points.Select(p => p.Entry.Score), Height);
        scale.DrawTicks(chart);
        foreach (double tick in Ticks.Of(0, right)) chart.BottomTick(tick / right * 100, Ticks.Short(tick));
        if (limit is { } line && line <= right) chart.Line("limit", line / right * 100.0, 0, line / right * 100.0, Height);

        var front = new List<(TraceEntry Entry, int Index, double X)>();
        foreach (var p in points.OrderBy(p => p.X).ThenByDescending(p => p.Entry.Score).ThenBy(p => p.Index))
            if (front.Count == 0 || p.Entry.Score > front[^1].Entry.Score) front.Add(p);
        for (int i = 1; i < front.Count; i++)
        {
            // A step, not a slope: between two networks of the front nothing is known to do better than the smaller.
            chart.Line("front", front[i - 1].X / right * 100, scale.Y(front[i - 1].Entry.Score), front[i].X / right * 100, scale.Y(front[i - 1].Entry.Score));
            chart.Line("front", front[i].X / right * 100, scale.Y(front[i - 1].Entry.Score), front[i].X / right * 100, scale.Y(front[i].Entry.Score));
        }
        var onFront = front.Select(p => p.Index).ToHashSet();
        foreach (var p in points.OrderBy(p => onFront.Contains(p.Index)).ThenBy(p => p.X).ThenBy(p => p.Index))
        {
            bool chosen = p.Index == trials.Winner;
            chart.Dot(chosen ? "chosen" : onFront.Contains(p.Index) ? "best" : "dot", p.X / right * 100, scale.Y(p.Entry.Score),
                $"{(chosen ? "Chosen: " : "")}{p.Entry.Configuration}: {ReportFormat.Score(p.Entry.Score)} at {ReportFormat.Number(p.X)} {unit}",
                chosen || onFront.Contains(p.Index));
        }
        return chart.Close();
    }
}
