using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// Chooses whole groups. The cost of a side is the squared distance of each class's count from its share, with a penalty
/// above all distances for a class that is missing on one side. Groups are visited in shuffled order and taken where
/// that lowers the cost; then groups are moved and exchanged as long as the cost falls.
/// </summary>
internal static class GroupSelection
{
    private const double Missing = 1e6;
    /// <summary>Exchanging pairs costs the square of the groups; beyond this many, moving single ones balances well enough.</summary>
    private const int MostToExchange = 300;

    /// <summary>Ten do in practice; the bound is for costs that creep.</summary>
    private const int MostPasses = 200;

    public static bool[] Take(GroupTable table, DataSet data, double fraction, ref RandomStream stream)
    {
        int[] order = Shuffled(table.Groups, ref stream);
        var taken = new bool[table.Groups];
        var held = new long[table.Classes];
        double cost = Cost(table, held, fraction);

        bool Accept(ReadOnlySpan<int> flipped)
        {
            foreach (int g in flipped) Flip(table, taken, held, g);
            double now = Cost(table, held, fraction);
            if (now < cost - 1e-9)
            {
                cost = now;
                return true;
            }
            foreach (int g in flipped) Flip(table, taken, held, g);
            return false;
        }

        bool changed = true;
        for (int pass = 0; changed && pass < MostPasses; pass++)
        {
            changed = false;
            foreach (int g in order) changed |= Accept([g]);
            if (changed || table.Groups > MostToExchange) continue;
            foreach (int a in order)
                foreach (int b in order)
                    if (taken[a] && !taken[b]) changed |= Accept([a, b]);
        }
        for (int c = 0; c < table.Classes; c++)
            if (held[c] == 0 || held[c] == table.Totals[c]) throw TooFew(table, data, c);
        return taken;
    }

    /// <summary>Fold of each group: large groups first, each to the fold where the sum of squared class shares grows least.</summary>
    public static int[] Deal(GroupTable table, DataSet data, int folds, ref RandomStream stream)
    {
        // Stable sort: groups of one size keep their shuffled order.
        int[] order = [.. Shuffled(table.Groups, ref stream).OrderByDescending(g => Size(table, g))];
        var foldOf = new int[table.Groups];
        var counts = new long[folds, table.Classes];
        var groupsIn = new int[folds];
        foreach (int g in order)
        {
            int best = 0;
            double least = double.PositiveInfinity;
            for (int f = 0; f < folds; f++)
            {
                double growth = 0;
                for (int c = 0; c < table.Classes; c++)
                    growth += (2.0 * counts[f, c] + table.CountsOf(g)[c]) * table.CountsOf(g)[c] / Math.Max(1, table.Totals[c]);
                if (growth >= least && !(growth == least && groupsIn[f] < groupsIn[best])) continue;
                (best, least) = (f, growth);
            }
            foldOf[g] = best;
            groupsIn[best]++;
            for (int c = 0; c < table.Classes; c++) counts[best, c] += table.CountsOf(g)[c];
        }
        // Every training side needs every class, and every fold something to validate on.
        for (int f = 0; f < folds; f++)
            for (int c = 0; c < table.Classes; c++)
                if (groupsIn[f] == 0 || counts[f, c] == table.Totals[c]) throw TooFew(table, data, c);
        return foldOf;
    }

    private static double Cost(GroupTable table, long[] held, double fraction)
    {
        double cost = 0;
        for (int c = 0; c < table.Classes; c++)
        {
            double difference = held[c] - fraction * table.Totals[c];
            cost += difference * difference / table.Totals[c];
            if (held[c] == 0 || held[c] == table.Totals[c]) cost += Missing * table.Totals.Length * (1 + table.Totals[c]);
        }
        return cost;
    }

    private static void Flip(GroupTable table, bool[] taken, long[] held, int group)
    {
        taken[group] = !taken[group];
        for (int c = 0; c < table.Classes; c++) held[c] += taken[group] ? table.CountsOf(group)[c] : -table.CountsOf(group)[c];
    }

    private static int Size(GroupTable table, int group)
    {
        int size = 0;
        foreach (int n in table.CountsOf(group)) size += n;
        return size;
    }

    private static int[] Shuffled(int count, ref RandomStream stream)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        stream.Shuffle<int>(order);
        return order;
    }

    private static TinyNasException TooFew(GroupTable table, DataSet data, int c) =>
        new(DiagnosticCatalogue.DataTooFewGroups, data.Source, table.Groups, data.Labels[c]) { Setting = "Data" };
}
