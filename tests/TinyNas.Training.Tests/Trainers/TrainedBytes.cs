namespace TinyNas.Training.Tests;

internal static class TrainedBytes
{
    /// <summary>Every parameter and moving statistic, bit for bit.</summary>
    public static byte[] Of(TrainedNetwork trained) =>
    [
        .. from layer in trained.Parameters
           from parameter in layer.OrderBy(p => p.Key, StringComparer.Ordinal)
           from value in parameter.Value
           from b in BitConverter.GetBytes(value)
           select b,
    ];
}
