namespace TinyNas.Model;

/// <summary>How far a written name is from a known one.</summary>
internal static class EditDistance
{
    /// <summary>
    /// Least number of letters to insert, remove, replace or swap with their neighbour (optimal string alignment); letters
    /// missing at the end, as of a name that was cut short, count a tenth, so that <c>STM32F4</c> is close to every chip of that
    /// series. Unit: tenths.
    /// </summary>
    public static int Between(string written, string known)
    {
        var distance = new int[written.Length + 1, known.Length + 1];
        for (int i = 0; i <= written.Length; i++) distance[i, 0] = 10 * i;
        for (int j = 0; j <= known.Length; j++) distance[0, j] = 10 * j;
        for (int i = 1; i <= written.Length; i++)
            for (int j = 1; j <= known.Length; j++)
            {
                int least = Math.Min(distance[i - 1, j], distance[i, j - 1]) + 10;
                least = Math.Min(least, distance[i - 1, j - 1] + (written[i - 1] == known[j - 1] ? 0 : 10));
                if (i > 1 && j > 1 && written[i - 1] == known[j - 2] && written[i - 2] == known[j - 1]) least = Math.Min(least, distance[i - 2, j - 2] + 10);
                distance[i, j] = least;
            }
        int best = int.MaxValue;
        for (int j = 0; j <= known.Length; j++) best = Math.Min(best, distance[written.Length, j] + known.Length - j);
        return best;
    }
}
