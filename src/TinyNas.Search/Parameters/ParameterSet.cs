using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// The parameters of a space, each after those that its condition names. A configuration holds a value for every
/// parameter that exists in it and for no other. Whether a configuration fits an input and a budget is not known here.
/// </summary>
public sealed class ParameterSet(params ImmutableArray<Parameter> parameters)
{
    public ImmutableArray<Parameter> All => parameters;

    /// <summary>Whether <see cref="Enumerate"/> lists every configuration.</summary>
    public bool IsDiscrete => parameters.All(p => p.IsDiscrete);

    /// <summary>Length of an encoded configuration.</summary>
    public int Dimension { get; } = parameters.Sum(p => p.Width);

    public bool Contains(Configuration configuration) =>
        parameters.Count(p => Exists(p, configuration.Values)) == configuration.Values.Count
        && parameters.All(p => !Exists(p, configuration.Values) || configuration.Values.TryGetValue(p.Name, out double value) && p.Contains(value));

    /// <summary>Every configuration in lexicographic order, the last parameter changing fastest; continuous ones at <paramref name="resolution"/> values.</summary>
    public IEnumerable<Configuration> Enumerate(int resolution) => Enumerate(0, ImmutableDictionary<string, double>.Empty, resolution);

    /// <summary>Parameter by parameter, each uniformly: with conditions, short configurations are as likely as long ones, though they are fewer.</summary>
    public Configuration Sample(ref RandomStream random)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (Parameter parameter in parameters)
            if (Exists(parameter, values)) values.Add(parameter.Name, parameter.Sample(ref random));
        return Of(values);
    }

    /// <summary>The configuration at a point of the unit cube of as many dimensions as there are parameters; coordinates of those that do not exist are not read.</summary>
    public Configuration At(ReadOnlySpan<double> point)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int i = 0; i < parameters.Length; i++)
            if (Exists(parameters[i], values)) values.Add(parameters[i].Name, parameters[i].At(point[i]));
        return Of(values);
    }

    /// <summary>
    /// Everything that differs in one step of one parameter, in the order of the parameters. Parameters that the step
    /// brings into being begin with their first value; those that it makes meaningless go.
    /// </summary>
    public IEnumerable<Configuration> Neighbours(Configuration configuration)
    {
        foreach (Parameter parameter in parameters)
            if (configuration.Values.TryGetValue(parameter.Name, out double value))
                foreach (double step in parameter.Steps(value)) yield return With(configuration, parameter.Name, step);
    }

    /// <summary>A configuration at random near another, every parameter moved (<see cref="Parameter.Near"/>).</summary>
    public Configuration Near(Configuration configuration, double radius, ref RandomStream random)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (Parameter parameter in parameters)
            if (Exists(parameter, values))
                values.Add(parameter.Name, configuration.Values.TryGetValue(parameter.Name, out double value)
                    ? parameter.Near(value, radius, ref random) : parameter.Sample(ref random));
        return Of(values);
    }

    /// <summary>A copy with one value changed, and the parameters that depend on it added or left out.</summary>
    public Configuration With(Configuration configuration, string name, double value)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (Parameter parameter in parameters)
            if (Exists(parameter, values))
                values.Add(parameter.Name, parameter.Name == name ? value : configuration.Values.GetValueOrDefault(parameter.Name, parameter.First));
        return Of(values);
    }

    /// <summary>A point of the unit cube for surrogates; parameters that do not exist lie in the middle.</summary>
    public double[] Encode(Configuration configuration)
    {
        var point = new double[Dimension];
        int at = 0;
        foreach (Parameter parameter in parameters)
        {
            parameter.Encode(configuration.Values.TryGetValue(parameter.Name, out double value) ? value : null, point.AsSpan(at, parameter.Width));
            at += parameter.Width;
        }
        return point;
    }

    private IEnumerable<Configuration> Enumerate(int index, ImmutableDictionary<string, double> values, int resolution)
    {
        if (index == parameters.Length) return [Of(values)];
        Parameter parameter = parameters[index];
        return Exists(parameter, values)
            ? parameter.Values(resolution).SelectMany(v => Enumerate(index + 1, values.Add(parameter.Name, v), resolution))
            : Enumerate(index + 1, values, resolution);
    }

    private static bool Exists(Parameter parameter, IReadOnlyDictionary<string, double> values) => parameter.When?.Holds(values) ?? true;

    private static Configuration Of(IReadOnlyDictionary<string, double> values) => new(values.Select(v => (v.Key, v.Value)));
}
