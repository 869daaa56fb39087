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
}

/// <summary>
/// All of it is part of a result's key: same options, same network, same samples, same bytes. Least squared error is the
/// default because, unlike min-max, it is not at the mercy of a single odd calibration sample.
/// </summary>
public sealed record QuantisationOptions
{
    public CalibrationMethod Method { get; init; } = CalibrationMethod.MeanSquaredError;

    /// <summary>Percent of the values that <see cref="CalibrationMethod.Percentile"/> keeps on either side of zero.</summary>
    public double Percentile { get; init; } = 99.99;

    /// <summary>Calibration samples, spread evenly over the source; all of it where it has fewer.</summary>
    public int Samples { get; init; } = 256;

    /// <summary>Takes the mean error that rounding the weights causes out of the biases (Nagel et al. 2019, §4.2).</summary>
    public bool BiasCorrection { get; init; } = true;
}
