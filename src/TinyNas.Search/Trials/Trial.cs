using System.Collections.Immutable;

namespace TinyNas.Search;

public enum TrialOutcome
{
    /// <summary>Trained and scored.</summary>
    Completed,
    /// <summary>Refused, as a rule before training: does not fit the budget or is structurally impossible.</summary>
    Infeasible,
    /// <summary>Training ended without a usable network (diverged); never wins.</summary>
    Failed,
}

/// <summary>
/// The outcome of one proposal. <paramref name="Score"/> is the objective, larger is better; <paramref name="Scalars"/>
/// hold whatever was measured, by name (accuracy, macs, ram, flash, epochs, ...): everything that objectives and constraints may refer to.
/// </summary>
public sealed record TrialResult(
    Proposal Proposal, TrialOutcome Outcome, double Score,
    ImmutableSortedDictionary<string, double> Scalars, string? Reason = null)
{
    public Configuration Configuration => Proposal.Configuration;

    /// <summary>Whether it was found out by training: what breaks a limit that is known before is not, what breaks one that is measured after is.</summary>
    public bool IsTrained => Outcome != TrialOutcome.Infeasible || Scalars.ContainsKey(Search.Scalars.Epochs);

    /// <summary>What an infeasible or failed trial scores: below every accuracy (NanoNAS's figure). Strategies go by the outcome, not by this.</summary>
    public const double NoScore = -3;

    public static readonly ImmutableSortedDictionary<string, double> NoScalars = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>This result where it completed with a better score; of equals the earlier stays.</summary>
    internal TrialResult? BetterOf(TrialResult? leader) =>
        Outcome == TrialOutcome.Completed && (leader is null || Score > leader.Score) ? this : leader;

    public static TrialResult Infeasible(Proposal proposal, string reason, ImmutableSortedDictionary<string, double>? scalars = null) =>
        new(proposal, TrialOutcome.Infeasible, NoScore, scalars ?? NoScalars, reason);

    public static TrialResult Failed(Proposal proposal, string reason, ImmutableSortedDictionary<string, double>? scalars = null) =>
        new(proposal, TrialOutcome.Failed, NoScore, scalars ?? NoScalars, reason);
}
