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
    private SearchEnd end = SearchEnd.Finished;

    /// <summary>Where finished trials are kept, and taken from when the search starts again.</summary>
    public TrialJournal? Journal { get; init; }

    /// <summary>Networks trained after which nothing more is asked. Infeasible proposals do not count.</summary>
    public int? Trials { get; init; }

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
        while (open.Count < openTrials && !IsLimitReached() && strategy.Ask() is { } configuration)
        {
            if (!Follow.IsDefault && Follow[Asked] != configuration.ToString())
                throw new TinyNasException(DiagnosticCatalogue.LockNotFollowed, Asked + 1, configuration, Follow[Asked]) { Setting = "TimeLimit" };
            if (Journal is not null && Journal.TryGet(configuration, out TrialResult? known)) open.Enqueue(new OpenTrial(Task.FromResult(known), true));
            else open.Enqueue(new OpenTrial(RunTrial(configuration, cancellation), false));
        }
    }

    private bool IsLimitReached()
    {
        // Open proposals count as networks until they turn out infeasible: a function of what was told, not of timing.
        end = told.Count(r => r.Outcome != TrialOutcome.Infeasible) + open.Count >= Trials ? SearchEnd.TrialLimit
            : IsTimeUp() ? SearchEnd.TimeLimit : SearchEnd.Finished;
        return end != SearchEnd.Finished;
    }

    private bool IsTimeUp() => Follow.IsDefault ? clock.Elapsed >= TimeLimit : Asked == Follow.Length;

    private int Asked => told.Count + open.Count;

    private async Task<TrialResult> RunTrial(Configuration configuration, CancellationToken cancellation)
    {
        TrialResult result = await executor.Start(configuration, evaluator, cancellation).ConfigureAwait(false);
        Journal?.Append(result);
        return result;
    }

    private sealed record OpenTrial(Task<TrialResult> Result, bool IsResumed);
}
