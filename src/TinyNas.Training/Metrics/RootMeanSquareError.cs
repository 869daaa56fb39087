namespace TinyNas.Training;

/// <summary>Root of the mean squared difference, summed in double precision in order.</summary>
public static class RootMeanSquareError
{
    /// <exception cref="ArgumentException">Lengths differ or are 0.</exception>
    public static double Of(ReadOnlySpan<float> found, ReadOnlySpan<float> wanted)
    {
        if (found.Length != wanted.Length || found.Length == 0) throw new ArgumentException($"{found.Length} values for {wanted.Length}.", nameof(found));
        double sum = 0;
        for (int i = 0; i < found.Length; i++)
        {
            double difference = (double)found[i] - wanted[i];
            sum += difference * difference;
        }
        return Math.Sqrt(sum / found.Length);
    }
}
