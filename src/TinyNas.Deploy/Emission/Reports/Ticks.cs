using System.Globalization;

namespace TinyNas.Deploy;

/// <summary>Round numbers along an axis.</summary>
internal static class Ticks
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten within the range, at most <paramref name="most"/> + 1 of them.</summary>
    public static List<double> Of(double low, double high, int most = 5)
    {
        double step = Step((high - low) / most);
        var ticks = new List<double>();
        // Multiples, not sums: the tenth tick must be as exact as the first.
        for (double i = Math.Ceiling(low / step - 1e-9); i * step <= high + step * 1e-9; i++) ticks.Add(i * step + 0.0); // -0 + 0 is 0, which prints without a sign
        return ticks;
    }

    /// <summary>The least round step that is not below <paramref name="least"/>.</summary>
    private static double Step(double least)
    {
        double power = 1;
        while (power * 10 <= least) power *= 10;
        while (power > least) power /= 10;
        foreach (int factor in (int[])[1, 2, 5])
            if (factor * power >= least) return factor * power;
        return 10 * power;
    }

    /// <summary>As short as an axis needs it: 640, 12k, 1.5M, 0.25.</summary>
    public static string Short(double value)
    {
        var (scaled, unit) = Math.Abs(value) switch { >= 1e9 => (value / 1e9, "G"), >= 1e6 => (value / 1e6, "M"), >= 1e4 => (value / 1e3, "k"), _ => (value, "") };
        return scaled.ToString("0.####", CultureInfo.InvariantCulture) + unit;
    }
}
