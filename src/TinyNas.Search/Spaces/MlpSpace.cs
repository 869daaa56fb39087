using System.Collections.Immutable;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>The dense networks of μNAS (Liberis et al. 2021): one to seven hidden layers of 10 to 256 units with ReLU; one step changes a width by 1, 3 or 5.</summary>
public sealed class MlpSpace : ISearchSpace
{
    private const int MostLayers = 7;

    public string Name => "mlp";

    public string Description => "One to seven dense layers of 10 to 256 units; Liberis et al. 2021.";

    public ParameterSet Parameters { get; } = new(
    [
        new IntegerParameter("layers", 1, MostLayers),
        .. Enumerable.Range(1, MostLayers).Select(i => new IntegerParameter($"units{i}", 10, 256)
        {
            IsLogarithmic = true, Strides = [1, 3, 5], When = Condition.AtLeast("layers", i),
        }),
    ]);

    public Configuration Smallest => new(("layers", 1), ("units1", 10));

    public Network? Build(Configuration configuration, Shape input, int outputs)
    {
        if (!Parameters.Contains(configuration)) return null;
        var layers = ImmutableArray.CreateBuilder<Layer>();
        for (int i = 1; i <= configuration["layers"]; i++) layers.AddRange(new Dense(configuration[$"units{i}"]), new Relu());
        layers.Add(new Dense(outputs));
        return new Network(input, layers.ToImmutable());
    }
}
