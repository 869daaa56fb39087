using System.Collections.Immutable;
using System.Globalization;
using TinyNas.Search;

namespace TinyNas.Tool.Commands;

/// <summary>Finished trials, a line each as they come: score, size, and whether it is the best of its length so far.</summary>
internal sealed class TrialTable(TextWriter output)
{
    private readonly Dictionary<Fidelity, TrialResult> best = [];
    private int shown, counted, refused, failed;

    /// <summary>Prints what is new in <paramref name="results"/>, which hold everything so far.</summary>
    public void Show(ImmutableArray<TrialResult> results)
    {
        if (shown == 0 && results.Length > 0) output.WriteLine("trial    score       MACs  constants  network");
        foreach (TrialResult result in results.Skip(shown)) output.WriteLine(Line(result));
        shown = results.Length;
    }

    public void Sum()
    {
        string text = best.Count == 0 ? "none"
            : string.Join("; ", best.OrderByDescending(b => b.Key.Epochs ?? int.MaxValue).Take(1).Select(b => string.Create(CultureInfo.InvariantCulture, $"{b.Value.Score:0.0000}, {b.Value.Proposal}")));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{shown} trials, {refused} refused, {failed} failed; best: {text}"));
    }

    private string Line(TrialResult result)
    {
        string number = (++counted).ToString(CultureInfo.InvariantCulture);
        if (result.Outcome != TrialOutcome.Completed)
        {
            if (result.Outcome == TrialOutcome.Failed) failed++;
            else refused++;
            return $"{number,5}        -          -          -  {result.Proposal}: {result.Reason}";
        }
        bool leads = !best.TryGetValue(result.Proposal.Fidelity, out TrialResult? leader) || result.Score > leader.Score;
        if (leads) best[result.Proposal.Fidelity] = result;
        return string.Create(CultureInfo.InvariantCulture,
            $"{number,5}   {result.Score:0.0000} {result.Scalars.GetValueOrDefault(Scalars.Macs),10:N0} {result.Scalars.GetValueOrDefault(Scalars.Constants),10:N0}  {result.Proposal}{(leads ? " *" : "")}");
    }
}
