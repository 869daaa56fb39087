using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// The setting Prune: the share of channels (or weights) to remove, then what differs from the defaults, as in "0.3",
/// "0.3, taylor, steps=5" or "0.9, unstructured, epochs=60".
/// </summary>
/// <param name="Share">Above 0 and below 1.</param>
/// <param name="Steps">Rounds of removing and tuning; by a cubic schedule most goes in the first (Zhu and Gupta 2018).</param>
/// <param name="Epochs">Of tuning, all rounds together; null: half of those of the training before.</param>
public sealed record PruningPlan(double Share, PruningMethod Method = PruningMethod.Magnitude, int Steps = 3, int? Epochs = null)
{
    private const string Setting = "Prune";
    private const string Known = "a share above 0 and below 1 is expected, then any of l1, batch-norm, taylor, threshold, unstructured, steps=, epochs=";

    /// <exception cref="TinyNasException">TNAS0002.</exception>
    public static PruningPlan Parse(string text)
    {
        var parts = new SettingParts(Setting, text, Known);
        if (!double.TryParse(parts.Head, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) || !(share > 0 && share < 1))
            throw parts.Malformed(Known);
        PruningMethod? method = null;
        foreach (var (name, known) in new[]
            {
                ("l1", PruningMethod.Magnitude), ("batch-norm", PruningMethod.BatchNorm), ("taylor", PruningMethod.Taylor),
                ("threshold", PruningMethod.Threshold), ("unstructured", PruningMethod.Unstructured),
            })
            if (parts.Flag(name)) method = method is null ? known : throw parts.Malformed("one method is expected");
        int steps = parts.Whole("steps", 1, 100) ?? 3;
        int? epochs = parts.Whole("epochs", 1, 100_000);
        parts.RefuseRest();
        return new PruningPlan(share, method ?? PruningMethod.Magnitude, steps, epochs);
    }

    /// <summary>Share that is gone after step <paramref name="step"/>, counted from 1.</summary>
    public double ShareAfter(int step)
    {
        double left = 1 - (double)step / Steps;
        return Share * (1 - left * left * left);
    }

    /// <summary>Epochs of tuning after a step, of <paramref name="all"/>: the last has half of them.</summary>
    public int EpochsAfter(int step, int all) => Math.Max(1, Steps == 1 ? all : step == Steps ? all - all / 2 : all / 2 / (Steps - 1));

    /// <summary>Invariant, part of keys.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Share:R},{Method},{Steps},{Epochs}");
}
