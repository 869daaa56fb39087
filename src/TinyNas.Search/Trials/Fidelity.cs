using System.Globalization;

namespace TinyNas.Search;

/// <summary>
/// How far a trial goes. The default, <see cref="Full"/>, is the whole schedule on all training samples. Fewer <see cref="Epochs"/> are
/// a prefix of the same schedule: a longer training is the continuation of the shorter one. A <see cref="Part"/> of the samples is a
/// training of its own, on a random subset that holds every smaller one.
/// </summary>
public sealed record Fidelity
{
    public static readonly Fidelity Full = new();

    /// <summary>Epochs after which the training pauses and is scored; null: all that the schedule has.</summary>
    public int? Epochs { get; init; }

    /// <summary>One in how many training samples is used; 1: all.</summary>
    public int Part { get; init; } = 1;

    /// <summary>Empty for <see cref="Full"/>, else " @epochs /part" of what differs from it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Epochs is { } e ? $" @{e}" : "")}{(Part > 1 ? $" /{Part}" : "")}");

    /// <summary>What it costs, a full training being 1.</summary>
    public double Cost(int fullEpochs) => (double)(Epochs ?? fullEpochs) / ((double)fullEpochs * Part);
}
