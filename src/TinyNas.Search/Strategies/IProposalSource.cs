namespace TinyNas.Search;

/// <summary>Where strategies that decide how long to train get what to train.</summary>
internal interface IProposalSource
{
    /// <summary>A configuration that fits and was not taken before; null where none is left.</summary>
    Configuration? Take();

    /// <summary>A result, of whatever length, to learn from.</summary>
    void Tell(TrialResult result);
}
