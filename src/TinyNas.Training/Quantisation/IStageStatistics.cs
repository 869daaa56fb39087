namespace TinyNas.Training;

/// <summary>What is known of a network's values: seen on samples (<see cref="Calibration"/>), or worked out from its batch normalisations (<see cref="AnalyticStatistics"/>).</summary>
internal interface IStageStatistics
{
    /// <summary>Range of what a stage gives.</summary>
    ActivationRange Range(int stage, QuantisationOptions options);

    /// <summary>Of a linear stage: mean of what weight (filter, tap) is multiplied with; null where it is not known.</summary>
    Func<int, int, double>? TapMeans(int stage);
}
