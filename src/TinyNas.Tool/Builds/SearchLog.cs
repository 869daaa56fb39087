using TinyNas.Search;

namespace TinyNas.Tool.Builds;

/// <summary>Lines for people out of a search's events: every trial, but of the winner's epochs only each tenth part, or a build log drowns in them.</summary>
internal sealed class SearchLog(Action<string> log)
{
    private const int Parts = 10;

    public void Report(SearchEvent e)
    {
        if (e is FinalEpochEvent epoch && epoch.Epoch * Parts / epoch.Epochs == (epoch.Epoch - 1) * Parts / epoch.Epochs) return;
        log(e.ToString());
    }
}
