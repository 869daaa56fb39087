using System.Collections.Immutable;

namespace TinyNas.Training;

/// <summary>One class of a confusion matrix. A ratio of nothing to nothing is 0.</summary>
/// <param name="Support">Samples that are of the class.</param>
public sealed record ClassFigures(int Support, double Precision, double Recall, double F1);

/// <summary>What a confusion matrix says class by class.</summary>
/// <param name="MacroF1">Mean of F1 over the classes that have samples.</param>
public sealed record ClassTable(ImmutableArray<ClassFigures> Classes, double Accuracy, double MacroF1)
{
    /// <param name="confusion">[class that it is][class that was said], square.</param>
    public static ClassTable Of(IReadOnlyList<IReadOnlyList<int>> confusion)
    {
        int count = confusion.Count;
        long all = 0, right = 0;
        var classes = ImmutableArray.CreateBuilder<ClassFigures>(count);
        for (int c = 0; c < count; c++)
        {
            if (confusion[c].Count != count) throw new ArgumentException($"Row {c} has {confusion[c].Count} entries in a matrix of {count}.", nameof(confusion));
            int hits = confusion[c][c], support = confusion[c].Sum(), said = confusion.Sum(row => row[c]);
            classes.Add(new ClassFigures(support, Ratio(hits, said), Ratio(hits, support), Ratio(2 * hits, said + support)));
            all += support;
            right += hits;
        }
        double[] present = [.. classes.Where(c => c.Support > 0).Select(c => c.F1)];
        return new ClassTable(classes.MoveToImmutable(), Ratio(right, all), present.Length == 0 ? 0 : present.Sum() / present.Length);
    }

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
