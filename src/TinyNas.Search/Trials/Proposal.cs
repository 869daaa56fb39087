using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TinyNas.Search;

/// <summary>
/// What a strategy asks for: a configuration, how far to train it, and with which seed (<paramref name="Replicate"/> 0 is the one that
/// the winner's training begins with too). Its text is canonical: the trial's key in journal and lock, the configuration's own
/// for a full first training.
/// </summary>
public sealed record Proposal(Configuration Configuration, Fidelity Fidelity, int Replicate = 0)
{
    [return: NotNullIfNotNull(nameof(configuration))]
    public static implicit operator Proposal?(Configuration? configuration) => configuration is null ? null : new Proposal(configuration, Fidelity.Full);

    /// <summary>What the training's random numbers are drawn for: however long it is and whatever it sees, it begins with the same weights.</summary>
    internal string SeedText => Replicate == 0 ? Configuration.ToString() : string.Create(CultureInfo.InvariantCulture, $"{Configuration} #{Replicate}");

    /// <summary>Which training this is a prefix of.</summary>
    internal string TrainingText => SeedText + (Fidelity with { Epochs = null });

    public override string ToString() => SeedText + Fidelity;
}
