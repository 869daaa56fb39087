using System.Collections.Generic;
using System.Linq;

namespace TinyNas.Generators;

/// <summary>The generated class of one model, or of its stub: the same public members, put together from their groups.</summary>
internal static class ModelClass
{
    /// <summary>Full names, so that no type or namespace of the user's can come between.</summary>
    public const string Span = "global::System.Span", ReadOnlySpan = "global::System.ReadOnlySpan";

    private static readonly HashSet<string> Members =
    [
        "Label", "Labels", "Prediction", "Layer", "Predict", "Invoke", "Trace", "Run", "Encode", "Decode", "Quantise", "NotBuilt",
        "Macs", "RamBytes", "StackBytes", "FlashBytes", "ConstantBytes", "Mean", "InverseDeviation",
        "InputLength", "InputScale", "InputZeroPoint", "OutputLength", "OutputScale", "OutputZeroPoint", "MemberwiseClone",
        "Constants", "Reset", "Equals", "GetHashCode", "GetType", "ToString", "ReferenceEquals", "Finalize",
    ];

    /// <summary>A class may not be named like one of its members.</summary>
    public static bool IsReserved(string identifier) => Members.Contains(identifier) || new[] { "Tensor", "Table", "Input", "Output" }.Any(
        stem => identifier.StartsWith(stem, System.StringComparison.OrdinalIgnoreCase) && identifier.Length > stem.Length && char.IsDigit(identifier[stem.Length]));

    public static string Write(BindingsModel model, string @namespace, string kernelNamespace)
    {
        if (model.IsStub) model = WithPlaceholders(model);
        var code = new CodeWriter();
        if (@namespace.Length > 0) code.Line($"namespace {@namespace};").Line();
        if (model.Calls.Any(c => c.Kernel.Length > 0)) code.Line($"using {NetworkMembers.Kernels} = global::{kernelNamespace};").Line();
        code.Line("/// <summary>")
            .Line($"/// The network {Literals.Xml(model.Name)} with integers only; computes bit for bit what the emitted C computes.")
            .Line("/// An instance owns its buffers: use one per thread.")
            .Line("/// </summary>");
        if (model.IsStub && model.StubReason.Length > 0) code.Line($"/// <remarks>A placeholder: {Literals.Xml(model.StubReason)}</remarks>");
        else if (model.IsStub) code.Line("/// <remarks>A placeholder: no network has been found yet. Build the project to search for one.</remarks>");
        code.Line(GeneratedText.Attribute).Block($"public sealed partial class {Identifiers.Source(Identifiers.OfModel(model.Name)!)}", () =>
        {
            FigureMembers.Write(code, model);
            if (model.IsClassifier) LabelMembers.Write(code, model);
            if (model.Inputs.Count == 1 && model.Outputs.Count == 1) PredictMembers.Write(code, model);
            InvokeMembers.Write(code, model);
            StateMembers.Write(code, model);
            TraceMembers.Write(code, model);
            if (model.IsStub && model.StubReason.Length > 0) code.Line($"private static global::System.Exception NotBuilt() => new global::System.NotSupportedException({Literals.Text(model.StubReason)});");
            else if (model.IsStub) code.Line("private static global::System.Exception NotBuilt() =>")
                .Line($"    new global::System.InvalidOperationException({Literals.Text($"The network '{model.Name}' has not been built yet: build the project without TinyNasMode=Off.")});");
            else NetworkMembers.Write(code, model);
        });
        return GeneratedText.Header + code;
    }

    /// <summary>Before the first search nothing is known of the tensors: int8 ends of one element let the user's code compile.</summary>
    private static BindingsModel WithPlaceholders(BindingsModel model) => model with
    {
        Tensors = new([
            new TensorModel(0, "sbyte", new([1]), 1, 0, "input"),
            new TensorModel(1, "sbyte", new([1, System.Math.Max(1, model.Labels.Count)]), 1, 0, "output")]),
        Inputs = new([0]),
        Outputs = new([1]),
        // 1, because the user's code may divide by a constant.
        Figures = new(new[] { "Macs", "RamBytes", "StackBytes", "FlashBytes", "ConstantBytes" }.Select(name => new Figure(name, 1))),
    };
}
