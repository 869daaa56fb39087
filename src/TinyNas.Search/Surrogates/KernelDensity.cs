using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// A density over configurations from points: a product of one kernel per parameter, Gaussian for what is ordered, that of Aitchison and
/// Aitken (1976) for choices, with bandwidths by the normal reference rule (1.06 σ n^(-1/(4+d))). A parameter that a point lacks, because its
/// condition does not hold there, says nothing: its kernel is 1.
/// </summary>
internal sealed class KernelDensity
{
    /// <summary>BOHB's: of equal values the rule would make a spike.</summary>
    private const double LeastBandwidth = 1e-3;

    private readonly ParameterSet parameters;
    private readonly ImmutableArray<Configuration> points;
    private readonly double[] bandwidths;

    public KernelDensity(ParameterSet parameters, ImmutableArray<Configuration> points)
    {
        (this.parameters, this.points) = (parameters, points);
        double shrink = DeterministicMath.Exp(-DeterministicMath.Log(points.Length) / (4 + parameters.All.Length));
        bandwidths = [.. parameters.All.Select(p => Bandwidth(p, shrink))];
    }

    public double At(Configuration configuration)
    {
        double sum = 0;
        foreach (Configuration point in points)
        {
            double product = 1;
            for (int i = 0; i < bandwidths.Length; i++)
                if (configuration.Values.TryGetValue(parameters.All[i].Name, out double value) && point.Values.TryGetValue(parameters.All[i].Name, out double centre))
                    product *= Kernel(parameters.All[i], value, centre, bandwidths[i]);
            sum += product;
        }
        return sum / points.Length;
    }

    /// <summary>A configuration near one of the points, <paramref name="widening"/> bandwidths around it.</summary>
    public Configuration Sample(double widening, ref RandomStream random)
    {
        Configuration point = points[random.NextInt(points.Length)];
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int i = 0; i < bandwidths.Length; i++)
        {
            Parameter parameter = parameters.All[i];
            if (!(parameter.When?.Holds(values) ?? true)) continue;
            values.Add(parameter.Name, point.Values.TryGetValue(parameter.Name, out double centre)
                ? Near(parameter, centre, bandwidths[i], widening, ref random) : parameter.Sample(ref random));
        }
        return new Configuration(values.Select(v => (v.Key, v.Value)));
    }

    private static double Near(Parameter parameter, double centre, double bandwidth, double widening, ref RandomStream random)
    {
        // As in BOHB, a choice is not widened: it stays with a probability of 1 - bandwidth.
        if (parameter is not OrderedParameter ordered) return random.NextDouble() < 1 - bandwidth ? centre : parameter.Sample(ref random);
        double unit;
        do unit = ordered.Unit(centre) + widening * bandwidth * random.NextNormal();
        while (unit is < 0 or > 1);
        return ordered.Nearest(unit);
    }

    private static double Kernel(Parameter parameter, double value, double centre, double bandwidth)
    {
        if (parameter is not OrderedParameter ordered) return value == centre ? 1 - bandwidth : bandwidth / Math.Max(1, parameter.Width - 1);
        double distance = (ordered.Unit(value) - ordered.Unit(centre)) / bandwidth;
        return DeterministicMath.Exp(-0.5 * distance * distance) / bandwidth;
    }

    private double Bandwidth(Parameter parameter, double shrink)
    {
        double[] values = [.. points.Where(p => p.Values.ContainsKey(parameter.Name)).Select(p => p.Values[parameter.Name])];
        if (values.Length == 0) return 1;
        if (parameter is OrderedParameter ordered)
        {
            double mean = values.Sum(ordered.Unit) / values.Length;
            double variance = values.Sum(v => (ordered.Unit(v) - mean) * (ordered.Unit(v) - mean)) / values.Length;
            return Math.Max(LeastBandwidth, 1.06 * Math.Sqrt(variance) * shrink);
        }
        double alike = values.CountBy(v => v).Sum(g => (double)g.Value * g.Value) / ((double)values.Length * values.Length);
        return Math.Clamp((1 - alike) * shrink, LeastBandwidth, (parameter.Width - 1.0) / Math.Max(1, parameter.Width));
    }
}
