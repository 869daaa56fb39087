using System.Linq;

namespace TinyNas.Generators;

/// <summary>A bindings file as read: the fields of the format that <c>BindingsWriter</c> in TinyNas.Deploy documents.</summary>
internal sealed record BindingsModel(string Name, string? Namespace)
{
    /// <summary>True before the first search: the class has its public members, and every one that computes throws.</summary>
    public bool IsStub { get; init; }

    /// <summary>Why nothing can be computed, where it is not for want of a build.</summary>
    public string StubReason { get; init; } = "";

    public bool IsClassifier { get; init; }

    public EquatableArray<string> Labels { get; init; } = EquatableArray<string>.Empty;

    public EncodingModel? Encoding { get; init; }

    public EquatableArray<Figure> Figures { get; init; } = EquatableArray<Figure>.Empty;

    public EquatableArray<TensorModel> Tensors { get; init; } = EquatableArray<TensorModel>.Empty;

    public EquatableArray<int> Inputs { get; init; } = EquatableArray<int>.Empty;

    public EquatableArray<int> Outputs { get; init; } = EquatableArray<int>.Empty;

    public EquatableArray<TableModel> Tables { get; init; } = EquatableArray<TableModel>.Empty;

    public EquatableArray<ParametersModel> Parameters { get; init; } = EquatableArray<ParametersModel>.Empty;

    public EquatableArray<PackedModel> Packed { get; init; } = EquatableArray<PackedModel>.Empty;

    public EquatableArray<CallModel> Calls { get; init; } = EquatableArray<CallModel>.Empty;

    public EquatableArray<StateModel> States { get; init; } = EquatableArray<StateModel>.Empty;

    public TensorModel Tensor(int index) => Tensors.First(t => t.Index == index);
}

/// <summary>From the data's own units to the input tensor, per channel; see <c>InputEncoding</c> in TinyNas.Model.</summary>
internal sealed record EncodingModel(
    string Source, float Scale, int ZeroPoint, EquatableArray<float> Mean, EquatableArray<float> InverseDeviation);

/// <summary>A budget figure: MACs, bytes.</summary>
internal sealed record Figure(string Name, long Value);

/// <summary>An activation. <paramref name="Type"/> is the C# keyword of its elements.</summary>
internal sealed record TensorModel(int Index, string Type, EquatableArray<int> Shape, float? Scale, int ZeroPoint, string Name)
{
    public int Count => Shape.Aggregate(1, (product, dimension) => checked(product * dimension));
}
