namespace TinyNas.Search;

/// <summary>What happens during a search, for log lines. <see cref="object.ToString"/> gives the line.</summary>
public abstract record SearchEvent(TimeSpan Elapsed);

/// <summary>
/// A trial's result was told to the strategy. <paramref name="Number"/> counts from 1 in the order of asking;
/// <paramref name="Best"/> is the best score so far (null: none yet); <paramref name="Resumed"/> results come from the journal.
/// </summary>
public sealed record TrialEvent(TimeSpan Elapsed, int Number, TrialResult Result, TrialResult? Best, bool Resumed) : SearchEvent(Elapsed)
{
    public override string ToString()
    {
        string outcome = Result.Outcome == TrialOutcome.Completed
            ? FormattableString.Invariant($"{Result.Score:0.0000}") : $"{Result.Outcome}: {Result.Reason}";
        string best = Best is null ? "none" : FormattableString.Invariant($"{Best.Score:0.0000} ({Best.Proposal})");
        return FormattableString.Invariant(
            $"trial {Number} ({Result.Proposal}) {outcome}; best {best}; {Elapsed.TotalSeconds:0} s{(Resumed ? ", from the journal" : "")}");
    }
}

/// <summary>An epoch of the winner's training has ended. <paramref name="Accuracy"/>: int8 on the validation side, where this epoch was scored.</summary>
public sealed record FinalEpochEvent(TimeSpan Elapsed, int Epoch, int Epochs, double Loss, double? Accuracy) : SearchEvent(Elapsed)
{
    public override string ToString() => FormattableString.Invariant(
        $"final training, epoch {Epoch} of {Epochs}: loss {Loss:0.0000}{(Accuracy is { } a ? FormattableString.Invariant($", int8 accuracy {a:0.0000}") : "")}; {Elapsed.TotalSeconds:0} s");
}

/// <summary>Anything else worth a line.</summary>
public sealed record NoteEvent(TimeSpan Elapsed, string Text) : SearchEvent(Elapsed)
{
    public override string ToString() => Text;
}
