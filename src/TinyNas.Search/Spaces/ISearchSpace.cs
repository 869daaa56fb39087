using System.Collections.Immutable;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>What may be: which configurations exist for an input and a number of outputs, and the network each stands for.</summary>
public interface ISearchSpace
{
    string Name { get; }

    /// <summary>One line for people.</summary>
    string Description { get; }

    /// <summary>What a configuration is made of. A strategy that knows the space may go beyond these ranges; <see cref="Build"/> has the last word.</summary>
    ParameterSet Parameters { get; }

    /// <summary>
    /// Parameters that scale the network as a whole (input resolution, width): which value of each suits a budget can be told without
    /// training. None of them has a condition.
    /// </summary>
    ImmutableArray<string> Scales => [];

    /// <summary>
    /// Configurations one step away (the morphisms of evolution), in a fixed order: one step of one parameter, unless the space
    /// knows steps that mean more.
    /// </summary>
    IEnumerable<Configuration> Neighbours(Configuration configuration) => Parameters.Neighbours(configuration);

    /// <summary>The network, or null where the configuration is structurally impossible (no pixels left to pool).</summary>
    Network? Build(Configuration configuration, Shape input, int outputs);

    /// <summary>The configuration with the fewest MACs and parameters.</summary>
    Configuration Smallest { get; }

    /// <summary>
    /// Configurations of which at least one fits wherever anything does. Usually the smallest alone; more where another
    /// figure, RAM, is least elsewhere.
    /// </summary>
    IEnumerable<Configuration> Frugal => [Smallest];
}
