namespace TinyNas.Training;

/// <summary>
/// Area under the receiver operating characteristic: the probability that a positive sample scores above a negative one, equal scores
/// counting half (Mann and Whitney's statistic).
/// </summary>
public static class RocArea
{
    /// <exception cref="ArgumentException">Lengths differ, or one of the two kinds is missing.</exception>
    public static double Of(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positive)
    {
        if (scores.Length != positive.Length) throw new ArgumentException($"{scores.Length} scores for {positive.Length} samples.", nameof(scores));
        float[] sorted = scores.ToArray();
        bool[] kinds = positive.ToArray();
        Array.Sort(sorted, kinds);
        // Twice the statistic, in whole numbers: what order equal scores come in cannot matter.
        long negatives = 0, positives = 0, twice = 0;
        for (int i = 0; i < sorted.Length;)
        {
            long positivesHere = 0, negativesHere = 0;
            float score = sorted[i];
            for (; i < sorted.Length && sorted[i].Equals(score); i++)
                if (kinds[i]) positivesHere++;
                else negativesHere++;
            twice += positivesHere * (2 * negatives + negativesHere);
            positives += positivesHere;
            negatives += negativesHere;
        }
        if (positives == 0 || negatives == 0) throw new ArgumentException("Positive and negative samples are both needed.", nameof(positive));
        return twice / (2.0 * positives * negatives);
    }
}
