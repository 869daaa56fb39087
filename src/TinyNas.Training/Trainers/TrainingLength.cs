using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// The setting FinalEpochs: a number, or "default" for what the size of the data asks for, then on request a patience, as in "300, patience=40":
/// training ends when that many epochs in a row have not been better than the best before them.
/// </summary>
/// <param name="Epochs">At most; null: by the size of the data.</param>
/// <param name="Patience">Epochs without a better one; null: all are trained.</param>
public sealed record TrainingLength(int? Epochs = null, int? Patience = null)
{
    private const string Setting = "FinalEpochs";
    private const int Most = 100_000;
    private const string Known = "a whole number from 1 to 100000, or default, is expected, then patience= where it is wanted";

    /// <exception cref="TinyNasException">TNAS0002.</exception>
    public static TrainingLength Parse(string text)
    {
        var parts = new SettingParts(Setting, text, Known);
        int? epochs = null;
        if (parts.Head != "default")
            epochs = int.TryParse(parts.Head, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= Most
                ? number : throw parts.Malformed(Known);
        int? patience = parts.Whole("patience", 1, Most);
        parts.RefuseRest();
        return new TrainingLength(epochs, patience);
    }

    public static implicit operator TrainingLength(int epochs) => new(epochs);

    /// <summary>Invariant, part of keys; a number alone is written as such.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epochs}{(Patience is { } p ? $",patience={p}" : "")}");
}
