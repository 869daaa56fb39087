using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>The search's trace as the drawings read it.</summary>
internal sealed class Trials
{
    private readonly EmissionModel model;

    public Trials(EmissionModel model)
    {
        this.model = model;
        Completed = [.. All.Select((t, i) => (Entry: t, Index: i)).Where(t => t.Entry.Outcome == "Completed" && double.IsFinite(t.Entry.Score))];
        Winner = All.Select(t => t.Configuration).ToList().IndexOf(model.Card.Winner);
    }

    public ImmutableArray<TraceEntry> All => model.Card.Trace;

    public ImmutableArray<(TraceEntry Entry, int Index)> Completed { get; }

    /// <summary>Index of the trial whose network this model is, or -1.</summary>
    public int Winner { get; }

    /// <summary>A resource figure of a trial, as the budget counts it: the sum of the named scalars, or null where the first is absent.</summary>
    public static double? Figure(TraceEntry entry, params ReadOnlySpan<string> scalars)
    {
        if (!entry.Scalars.TryGetValue(scalars[0], out double sum)) return null;
        foreach (string more in scalars[1..]) sum += entry.Scalars.GetValueOrDefault(more);
        return double.IsFinite(sum) ? sum : null;
    }
}
