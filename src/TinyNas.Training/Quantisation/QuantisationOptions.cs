using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>How the range of an activation is read off the calibration samples. Zero is always inside.</summary>
public enum CalibrationMethod
{
    /// <summary>Everything that was seen.</summary>
    MinMax,

    /// <summary>Leaves out <see cref="QuantisationOptions.Percentile"/>'s complement on either side.</summary>
    Percentile,

    /// <summary>The range with the least squared error of rounding and clipping together.</summary>
    MeanSquaredError,

    /// <summary>The range whose 256 levels lose least of the distribution (Kullback-Leibler divergence; Migacz 2017).</summary>
    Entropy,
}

/// <summary>
/// All of it is part of a result's key: same options, same network, same samples, same bytes. Least squared error is the
/// default because, unlike min-max, it is not at the mercy of a single odd calibration sample.
/// </summary>
public sealed record QuantisationOptions
{
    private const string Setting = "Quantisation";
    private const string Known = "calibrated or aware is expected, then any of min-max, percentile=, mse, kl, samples=, weights=, equalise, warn=, of calibrated also data-free, of aware tqt, lsq, epochs=";

    /// <summary>Whether the network is tuned on its integers (<see cref="AwareTraining"/>) after calibration.</summary>
    public bool Aware { get; init; }

    /// <summary>Epochs of that; null: a tenth of the training's, two at least.</summary>
    public int? AwareEpochs { get; init; }

    /// <summary>Points of accuracy that int8 may lose against floats before a warning says so.</summary>
    public double MostLost { get; init; } = 2;

    public CalibrationMethod Method { get; init; } = CalibrationMethod.MeanSquaredError;

    /// <summary>Percent of the values that <see cref="CalibrationMethod.Percentile"/> keeps on either side of zero.</summary>
    public double Percentile { get; init; } = 99.99;

    /// <summary>Calibration samples, spread evenly over the source; all of it where it has fewer.</summary>
    public int Samples { get; init; } = 256;

    /// <summary>Of weights, 2 to 8; they are stored in int8 all the same.</summary>
    public int WeightBits { get; init; } = 8;

    /// <summary>Largest magnitude of a weight.</summary>
    internal int WeightLevels => (1 << (WeightBits - 1)) - 1;

    /// <summary>How quantisation-aware training learns scales.</summary>
    public ThresholdMethod Threshold { get; init; }

    /// <summary>Balances channels between layers first (<see cref="Equalisation"/>).</summary>
    public bool Equalise { get; init; }

    /// <summary>Takes ranges and means from the batch normalisations instead of samples (<see cref="AnalyticStatistics"/>).</summary>
    public bool DataFree { get; init; }

    /// <summary>Takes the mean error that rounding the weights causes out of the biases (Nagel et al. 2019, §4.2).</summary>
    public bool BiasCorrection { get; init; } = true;

    /// <summary>Invariant, part of keys.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Method},{Percentile:R},{Samples},{WeightBits},{BiasCorrection}{(Equalise ? ",equalise" : "")}{(DataFree ? ",data-free" : "")}{(Aware ? $",{Threshold},{AwareEpochs}" : "")}");

    /// <summary>The setting Quantisation, such as "calibrated, kl, samples=500" or "aware, lsq, epochs=20".</summary>
    /// <exception cref="TinyNasException">TNAS0002.</exception>
    public static QuantisationOptions Parse(string text)
    {
        var parts = new SettingParts(Setting, text, Known);
        if (parts.Head is not ("calibrated" or "aware")) throw parts.Malformed(Known);
        bool aware = parts.Head == "aware", step = aware && parts.Flag("lsq");
        if (aware && parts.Flag("tqt") && step) throw parts.Malformed("tqt or lsq, not both");
        double? percentile = parts.Number("percentile", 90, 100);
        var options = new QuantisationOptions
        {
            Aware = aware,
            Threshold = step ? ThresholdMethod.LearnedStep : ThresholdMethod.PowerOfTwo,
            Method = percentile is not null ? CalibrationMethod.Percentile
                : parts.Flag("min-max") ? CalibrationMethod.MinMax
                : parts.Flag("kl") ? CalibrationMethod.Entropy
                : CalibrationMethod.MeanSquaredError,
            Percentile = percentile ?? 99.99,
            Samples = parts.Whole("samples", 1, 100_000) ?? 256,
            WeightBits = parts.Whole("weights", 2, 8) ?? 8,
            MostLost = parts.Number("warn", 0, 100) ?? 2,
            Equalise = parts.Flag("equalise"),
            DataFree = !aware && parts.Flag("data-free"),
            AwareEpochs = aware ? parts.Whole("epochs", 1, 100_000) : null,
        };
        if (options.Method == CalibrationMethod.MeanSquaredError) parts.Flag("mse");
        parts.RefuseRest();
        return options;
    }
}
