namespace TinyNas.Search;

/// <summary>Items by a cost that is dear to compute, least first, with as few computations as a cheap lower bound allows.</summary>
internal static class LazyOrder
{
    /// <param name="bound">At most the cost.</param>
    /// <returns>Ascending costs; of equals the earlier item.</returns>
    public static IEnumerable<T> ByCost<T>(IEnumerable<T> items, Func<T, double> bound, Func<T, double> cost)
    {
        (T Item, double Bound)[] byBound = [.. items.Select(i => (i, bound(i))).OrderBy(i => i.Item2)];
        var known = new PriorityQueue<T, (double Cost, int Place)>();
        for (int i = 0; i < byBound.Length || known.Count > 0;)
        {
            bool isNext = known.TryPeek(out T? least, out (double Cost, int Place) of) && (i == byBound.Length || of.Cost < byBound[i].Bound);
            if (isNext)
            {
                known.Dequeue();
                yield return least!;
            }
            else
            {
                known.Enqueue(byBound[i].Item, (cost(byBound[i].Item), i));
                i++;
            }
        }
    }
}
