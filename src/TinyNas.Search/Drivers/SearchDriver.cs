using System.Collections.Immutable;
using System.Diagnostics;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// Lets a strategy, an evaluator and an executor work together: keeps up to <paramref name="openTrials"/> proposals open and
/// tells results strictly in the order of asking. What is asked when is thus a function of strategy and results alone,
/// however many workers there are and however long each trial takes.
/// </summary>
public sealed class SearchDriver(ISearchStrategy strategy, ITrialEvaluator evaluator, ITrialExecutor executor, int openTrials)
{
    private readonly Queue<OpenTrial> open = new();
    private readonly ImmutableArray<TrialResult>.Builder told = ImmutableArray.CreateBuilder<TrialResult>();
    private readonly Stopwatch clock = new();
    private TrialCosts costs = new(1);
    private SearchEnd end = SearchEnd.Finished;

    /// <summary>Where finished trials are kept, and taken from when the search starts again.</summary>
    public TrialJournal? Journal { get; init; }

    /// <summary>
    /// Networks trained after which nothing more is asked: of shorter trainings as many as cost the same. Infeasible proposals do not count.
    /// </summary>
    public int? Trials { get; init; }

    /// <summary>Epochs of a full training, which those of shorter ones are counted against.</summary>
    public int FullEpochs { get; init; } = 1;

    /// <summary>Time after which nothing more is asked; trials under way are finished.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>
    /// The proposals of an earlier search that its time limit ended, in the order of asking: this one asks the same and then no
    /// more, however long it takes. Default: no such search.
    /// </summary>
    public ImmutableArray<string> Follow { get; init; }

    public Action<TrialEvent>? Progress { get; init; }

    /// <summary>Runs the search. A driver runs once.</summary>
    /// <exception cref="TinyNasException">TNAS0213: the strategy asks for something else than it is to follow.</exception>
    /// <exception cref="OperationCanceledException">Cancelled. Trials that had finished, also out of order, are in the journal; no trial runs on.</exception>
    public async Task<SearchRecord> RunAsync(CancellationToken cancellation)
    {
        costs = new TrialCosts(FullEpochs);
        clock.Start();
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            while (true)
            {
                Fill(running.Token);
                if (!open.TryPeek(out OpenTrial? first)) break;
                TrialResult result = await first.Result.ConfigureAwait(false);
                cancellation.ThrowIfCancellationRequested();
                open.Dequeue();
                told.Add(result);
                costs.Tell(result);
                strategy.Tell(result);
                Progress?.Invoke(new TrialEvent(clock.Elapsed, told.Count, result, strategy.Best, first.IsResumed));
            }
            return new SearchRecord(strategy.Best, told.ToImmutable(), strategy.IsFinished ? SearchEnd.Finished : end);
        }
        finally
        {
            await running.CancelAsync().ConfigureAwait(false);
            foreach (OpenTrial trial in open) await trial.Result.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    private void Fill(CancellationToken cancellation)
    {
        while (open.Count < openTrials && !IsLimitReached() && strategy.Ask() is { } proposal)
        {
            if (!Follow.IsDefault && Follow[Asked] != proposal.ToString())
                throw new TinyNasException(DiagnosticCatalogue.LockNotFollowed, Asked + 1, proposal, Follow[Asked]) { Setting = "TimeLimit" };
            if (Journal is not null && Journal.TryGet(proposal, out TrialResult? known)) open.Enqueue(new OpenTrial(proposal, Task.FromResult(known), true));
            else open.Enqueue(new OpenTrial(proposal, RunTrial(proposal, cancellation), false));
        }
    }

    private bool IsLimitReached()
    {
        // Open proposals count as networks until they turn out infeasible: a function of what was told, not of timing.
        end = costs.Told + open.Sum(o => costs.Of(o.Proposal)) >= Trials ? SearchEnd.TrialLimit
            : IsTimeUp() ? SearchEnd.TimeLimit : SearchEnd.Finished;
        return end != SearchEnd.Finished;
    }

    private bool IsTimeUp() => Follow.IsDefault ? clock.Elapsed >= TimeLimit : Asked == Follow.Length;

    private int Asked => told.Count + open.Count;

    private async Task<TrialResult> RunTrial(Proposal proposal, CancellationToken cancellation)
    {
        TrialResult result = await executor.Start(proposal, evaluator, cancellation).ConfigureAwait(false);
        Journal?.Append(result);
        return result;
    }

    private sealed record OpenTrial(Proposal Proposal, Task<TrialResult> Result, bool IsResumed);
}
