using System.Collections.Immutable;

namespace TinyNas.Search;

/// <summary>
/// The fidelities that multi-fidelity strategies climb, cheapest first, the last one <see cref="Fidelity.Full"/>; each costs about
/// <see cref="Factor"/> times the one below. A ladder of one rung, where a trial cannot be cut shorter, makes them single-fidelity strategies.
/// </summary>
public sealed record FidelityLadder(ImmutableArray<Fidelity> Rungs)
{
    /// <summary>η of Hyperband.</summary>
    public const int Factor = 3;

    /// <summary>Shorter trainings say nothing: about 60 steps of the default batch.</summary>
    public const int FewestSamples = 1000;

    public static readonly FidelityLadder Single = new([Fidelity.Full]);

    public int Top => Rungs.Length - 1;

    /// <summary>
    /// Down from a full training by <see cref="Factor"/> as long as at least <see cref="FewestSamples"/> are seen: in epochs as long as
    /// there is one left, then in parts of the samples.
    /// </summary>
    public static FidelityLadder Of(int epochs, int trainingSamples)
    {
        var rungs = new List<Fidelity> { Fidelity.Full };
        int last = epochs;
        for (int divisor = Factor; (long)epochs * trainingSamples / divisor >= FewestSamples; divisor *= Factor)
        {
            int shorter = (2 * epochs + divisor) / (2 * divisor);
            if (shorter == 0) rungs.Insert(0, new Fidelity { Epochs = epochs == 1 ? null : 1, Part = (divisor + epochs / 2) / epochs });
            else if (shorter < last) rungs.Insert(0, new Fidelity { Epochs = last = shorter });
        }
        return new FidelityLadder([.. rungs]);
    }

    /// <summary>Which rung a proposal stands on; -1: none.</summary>
    public int IndexOf(Proposal proposal) => Rungs.IndexOf(proposal.Fidelity);
}
