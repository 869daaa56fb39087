using System.Globalization;
using TinyNas.Model;
using TinyNas.Search;
using TinyNas.Search.Tests;

namespace TinyNas.Benchmarks;

/// <summary>Regret of strategies on published functions: median over seeds, 95 % bootstrap interval of the median, quartiles, time per suggestion.</summary>
internal static class RegretTable
{
    private const int Resamples = 2000;

    private static readonly (TestFunction Function, double Budget)[] Functions =
        [(new Branin(), 40), (new Hartmann6(), 80), (new Gardner(isSecond: false), 100), (new Gardner(isSecond: true), 100)];

    /// <summary>Those that need a space of k and c have nothing to search here.</summary>
    private static readonly string[] NotHere = ["nanonas", "colabnas"];

    public static int Print(int seeds, string[] only)
    {
        foreach ((TestFunction function, double budget) in Functions.Where(f => only.Length == 0 || only.Contains(f.Function.Name)))
        {
            Console.WriteLine(FormattableString.Invariant($"{function.Name}, {budget} evaluations, {seeds} seeds"));
            Console.WriteLine("  strategy     median   (95 % interval)      quartiles            ms per suggestion");
            foreach (StrategyEntry strategy in StrategyRegistry.All.Where(s => !NotHere.Contains(s.Name))) Console.WriteLine(Line(function, strategy.Name, seeds, budget));
            Console.WriteLine(Line(function, "random", seeds, 3 * budget) + "   with three times as many evaluations");
        }
        return 0;
    }

    private static string Line(TestFunction function, string strategy, int seeds, double budget)
    {
        Regret[] runs = [.. Enumerable.Range(1, seeds).Select(seed => Regret.Run(function, strategy, (ulong)seed, budget))];
        double[] last = [.. runs.Select(r => r.Last).Order()];
        (double low, double high) = Interval(last);
        return string.Create(CultureInfo.InvariantCulture,
            $"  {strategy,-10} {Text(last[seeds / 2])} ({Text(low)} - {Text(high)})   {Text(last[seeds / 4])} - {Text(last[3 * seeds / 4])}   {runs.Average(r => r.Suggestion.TotalMilliseconds),7:0.00}");
    }

    private static (double Low, double High) Interval(double[] values)
    {
        RandomStream random = RandomStream.Create(1, RandomStream.KeyOf("bootstrap"));
        var medians = new double[Resamples];
        for (int i = 0; i < Resamples; i++)
        {
            double[] drawn = [.. Enumerable.Range(0, values.Length).Select(_ => values[random.NextInt(values.Length)]).Order()];
            medians[i] = drawn[drawn.Length / 2];
        }
        Array.Sort(medians);
        return (medians[(int)(0.025 * Resamples)], medians[(int)(0.975 * Resamples)]);
    }

    private static string Text(double regret) => double.IsInfinity(regret) ? "    none" : regret.ToString("0.00000", CultureInfo.InvariantCulture).PadLeft(8);
}
