namespace TinyNas.Search;

/// <summary>
/// What to try next. The driver keeps up to a fixed number of proposals open and tells results strictly in the order in
/// which they were asked, so what a strategy sees does not depend on how many workers there are or which is faster.
/// </summary>
public interface ISearchStrategy
{
    string Name { get; }

    /// <summary>The next trial to run, or null where nothing can be proposed before another result is told (or ever).</summary>
    Proposal? Ask();

    void Tell(TrialResult result);

    /// <summary>Nothing will be proposed any more, whatever is told.</summary>
    bool IsFinished { get; }

    /// <summary>The winner so far, or null.</summary>
    TrialResult? Best { get; }
}
