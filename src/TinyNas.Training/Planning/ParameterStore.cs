namespace TinyNas.Training;

/// <summary>A named array of a layer, row-major as <see cref="TrainedNetwork"/> documents it.</summary>
internal sealed unsafe class Parameter(ParameterStore store, int layer, string name, int count, bool trained)
{
    public int Layer { get; } = layer;
    public string Name { get; } = name;
    public int Count { get; } = count;

    /// <summary>False for moving statistics, which are saved but have no gradient.</summary>
    public bool Trained { get; } = trained;

    public int Offset { get; set; }
    public float* Values => store.Values.Pointer + Offset;
    public float* Gradients => store.Gradients.Pointer + Offset;
    public Span<float> Span => new(Values, Count);
    public Span<float> GradientSpan => new(Gradients, Count);

    /// <summary>What a snapshot takes: the average of the weights, where there is one.</summary>
    public Span<float> Kept => Trained && store.Averages is { } averages ? new Span<float>(averages.Pointer + Offset, Count) : Span;
}

/// <summary>All parameters of a network side by side, so that the optimiser is one pass; behind them the moving statistics.</summary>
internal sealed class ParameterStore
{
    private readonly List<Parameter> parameters = [];

    public IReadOnlyList<Parameter> All => parameters;

    /// <summary>Floats that the optimiser runs over: each parameter is padded with zeros to 16.</summary>
    public int TrainedFloats { get; private set; }

    public Region Values { get; private set; } = null!;
    public Region Gradients { get; private set; } = null!;

    /// <summary>What the optimiser remembers of each weight.</summary>
    public Region[] States { get; private set; } = [];

    /// <summary>Moving average of the weights; null: none.</summary>
    public Region? Averages { get; private set; }

    /// <summary>Everything that a run goes on from.</summary>
    public IEnumerable<Region> Persistent => Averages is null ? [Values, .. States] : [Values, .. States, Averages];

    public Parameter Add(int layer, string name, int count, bool trained = true)
    {
        var parameter = new Parameter(this, layer, name, count, trained);
        parameters.Add(parameter);
        return parameter;
    }

    public void Reserve(Arena arena, Optimizer optimizer)
    {
        int end = 0;
        foreach (Parameter p in parameters.Where(p => p.Trained)) end = Append(p, end);
        TrainedFloats = end;
        foreach (Parameter p in parameters.Where(p => !p.Trained)) end = Append(p, end);
        Values = arena.Reserve(end);
        Gradients = arena.Reserve(TrainedFloats);
        States = [.. Enumerable.Range(0, optimizer.States).Select(_ => arena.Reserve(TrainedFloats))];
        if (optimizer.WeightAverage > 0) Averages = arena.Reserve(TrainedFloats);
    }

    /// <summary>Takes over the parameters that <paramref name="start"/> has by the same layer and name.</summary>
    /// <exception cref="ArgumentException">One has another length.</exception>
    public void Load(TrainedNetwork start)
    {
        foreach (Parameter parameter in parameters)
        {
            if (!start.Parameters[parameter.Layer].TryGetValue(parameter.Name, out float[]? values)) continue;
            if (values.Length != parameter.Count)
                throw new ArgumentException($"{parameter.Name} of layer {parameter.Layer} has {values.Length} values, {parameter.Count} are needed.", nameof(start));
            values.CopyTo(parameter.Span);
        }
    }

    private static int Append(Parameter parameter, int offset)
    {
        parameter.Offset = offset;
        return offset + (parameter.Count + 15) / 16 * 16;
    }
}
