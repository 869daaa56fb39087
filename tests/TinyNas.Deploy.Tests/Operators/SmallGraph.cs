using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Builds graphs of one or a few operators with seeded shapes, scales and constants.</summary>
internal sealed class SmallGraph(ulong seed)
{
    private readonly GraphBuilder builder = new();
    private readonly List<int> inputs = [];
    private RandomStream random = RandomStream.Create(seed, 31);
    private int names;

    /// <summary>Uniform in [low, high].</summary>
    public int Between(int low, int high) => low + random.NextInt(high - low + 1);

    public ImmutableArray<int> Shape(int rank, int most = 5) => [.. Enumerable.Range(0, rank).Select(i => i == 0 ? 1 : Between(1, most))];

    public Quantization Scale(float around = 0.05f) => Quantization.PerTensor(around * (0.5f + random.NextSingle()), Between(-128, 127));

    public int Input(ImmutableArray<int> shape, Quantization? scale = null, ElementType type = ElementType.Int8)
    {
        int tensor = Tensor(shape, type == ElementType.Float32 ? null : scale ?? Scale(), type);
        inputs.Add(tensor);
        return tensor;
    }

    public int Tensor(ImmutableArray<int> shape, Quantization? scale, ElementType type = ElementType.Int8) =>
        builder.Activation($"tensor{names++}", type, shape, scale);

    public int State(ImmutableArray<int> shape, Quantization scale, ElementType type) =>
        builder.Add(new Tensor($"state{names++}", type, shape) { Quantization = scale, IsVariable = true });

    public int Integers(params ReadOnlySpan<int> values) => builder.Constant($"constant{names++}", ElementType.Int32, [values.Length], values);

    /// <summary>An int8 constant of random values.</summary>
    public int Constant(ImmutableArray<int> shape, Quantization scale, int low = -128, int high = 127)
    {
        var values = new sbyte[shape.Aggregate(1, (a, b) => a * b)];
        foreach (ref sbyte value in values.AsSpan()) value = (sbyte)Between(low, high);
        return builder.Constant<sbyte>($"constant{names++}", ElementType.Int8, shape, values, scale);
    }

    public int Int16Constant(ImmutableArray<int> shape, Quantization scale)
    {
        var values = new short[shape.Aggregate(1, (a, b) => a * b)];
        foreach (ref short value in values.AsSpan()) value = (short)Between(-32768, 32767);
        return builder.Constant<short>($"constant{names++}", ElementType.Int16, shape, values, scale);
    }

    public int Bias(int count, int most = 3000, float scale = 1e-4f)
    {
        var values = new int[count];
        foreach (ref int value in values.AsSpan()) value = Between(-most, most);
        return builder.Constant<int>($"bias{names++}", ElementType.Int32, [count], values, Quantization.PerTensor(scale, 0));
    }

    public Tensor this[int tensor] => builder[tensor];

    public int Apply(OperatorCode code, ImmutableArray<int> operands, OperatorOptions options, ImmutableArray<int> shape, Quantization? scale,
        ElementType type = ElementType.Int8)
    {
        int output = Tensor(shape, scale, type);
        builder.Add(code, operands, [output], options);
        return output;
    }

    public ImmutableArray<int> ApplyMany(OperatorCode code, ImmutableArray<int> operands, OperatorOptions options, int count, ImmutableArray<int> shape, Quantization? scale)
    {
        ImmutableArray<int> outputs = [.. Enumerable.Range(0, count).Select(_ => Tensor(shape, scale))];
        builder.Add(code, operands, outputs, options);
        return outputs;
    }

    public Graph Build(params ImmutableArray<int> outputs) => builder.Build([.. inputs], outputs);
}
