using System.Globalization;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Tool.Builds;

/// <summary>Says when int8 costs more accuracy than expected, and where the most is lost.</summary>
internal static class QuantisationWarning
{
    /// <summary>What noise in the input counts as: an int8 tensor that is well used has about this.</summary>
    private const double InputDecibels = 45;

    /// <param name="mostLost">Points of accuracy.</param>
    /// <returns>TNAS1221, or null where all is well or floats were not measured.</returns>
    public static TinyNasException? For(ModelCard card, double mostLost)
    {
        if (!card.Metrics.TryGetValue("accuracyFloat", out double floats) || !card.Metrics.TryGetValue("accuracyInt8", out double integers)) return null;
        double lost = 100 * (floats - integers);
        return lost <= mostLost ? null : new TinyNasException(
            DiagnosticCatalogue.QuantisationCosts, card.Name, lost.ToString("0.0", CultureInfo.InvariantCulture), mostLost.ToString("0.#", CultureInfo.InvariantCulture), Weakest(card))
        { Setting = "Quantisation" };
    }

    /// <summary>The operator behind which the signal is worse than before it by the most.</summary>
    internal static string Weakest(ModelCard card)
    {
        string weakest = "its operators were not measured";
        double most = double.NegativeInfinity, before = InputDecibels;
        foreach (TensorNoise tensor in card.Noise)
        {
            if (before - tensor.Decibels > most)
                (most, weakest) = (before - tensor.Decibels, string.Create(CultureInfo.InvariantCulture, $"{tensor.Tensor} ({tensor.Decibels:0.0} dB of signal to noise)"));
            before = tensor.Decibels;
        }
        return weakest;
    }
}
