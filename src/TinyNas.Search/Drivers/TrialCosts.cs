namespace TinyNas.Search;

/// <summary>
/// What trials cost, a full training being 1. One that goes on from a shorter one of the same network costs the difference; what was
/// never trained costs nothing. A function of the proposals: it does not matter whether paused weights were still there.
/// </summary>
internal sealed class TrialCosts(int fullEpochs)
{
    private readonly Dictionary<string, double> trained = new(StringComparer.Ordinal);

    /// <summary>Of all that was told.</summary>
    public double Told { get; private set; }

    /// <summary>Of a proposal, after what was told.</summary>
    public double Of(Proposal proposal) =>
        Math.Max(0, proposal.Fidelity.Cost(fullEpochs) - trained.GetValueOrDefault(proposal.TrainingText));

    public void Tell(TrialResult result)
    {
        if (!result.IsTrained) return;
        Told += Of(result.Proposal);
        string training = result.Proposal.TrainingText;
        trained[training] = Math.Max(trained.GetValueOrDefault(training), result.Proposal.Fidelity.Cost(fullEpochs));
    }
}
