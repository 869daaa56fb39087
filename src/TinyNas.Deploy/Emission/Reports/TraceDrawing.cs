using System.Globalization;

namespace TinyNas.Deploy;

/// <summary>Scores in the order of the search, with the best so far as a line; what did not fit or failed lies on the ground.</summary>
internal static class TraceDrawing
{
    private const int Height = 200;

    public static string Draw(Trials trials)
    {
        if (trials.Completed.IsEmpty) return "";
        var chart = new Chart(Height, "Scores in the order of the search");
        int count = trials.All.Length;
        double X(int index) => (index + 0.5) * 100.0 / count;
        var scale = new ScoreScale(trials.Completed.Select(t => t.Entry.Score), Height);
        scale.DrawTicks(chart);
        foreach (double tick in Ticks.Of(1, count))
            if (tick == Math.Floor(tick)) chart.BottomTick(X((int)tick - 1), tick.ToString(CultureInfo.InvariantCulture));

        for (int i = 0; i < count; i++)
            if (trials.All[i].Outcome != "Completed")
                chart.Dot("refused", X(i), Height, $"{i + 1}. {trials.All[i].Configuration}: {trials.All[i].Reason ?? trials.All[i].Outcome}", focusable: false);
        double best = double.NegativeInfinity;
        int since = -1;
        foreach (var (entry, index) in trials.Completed)
        {
            if (entry.Score <= best) continue;
            if (since >= 0)
            {
                chart.Line("front", X(since), scale.Y(best), X(index), scale.Y(best));
                chart.Line("front", X(index), scale.Y(best), X(index), scale.Y(entry.Score));
            }
            (best, since) = (entry.Score, index);
        }
        chart.Line("front", X(since), scale.Y(best), 100, scale.Y(best));

        best = double.NegativeInfinity;
        foreach (var (entry, index) in trials.Completed)
        {
            bool improves = entry.Score > best, chosen = index == trials.Winner;
            best = Math.Max(best, entry.Score);
            chart.Dot(chosen ? "chosen" : improves ? "best" : "dot", X(index), scale.Y(entry.Score),
                $"{index + 1}. {entry.Configuration}: {ReportFormat.Score(entry.Score)}{(chosen ? ", chosen" : "")}", improves || chosen);
        }
        return chart.Close();
    }
}
