using System.Linq;

namespace TinyNas.Generators;

/// <summary>Invoke: the network on its tensors' own integers.</summary>
internal static class InvokeMembers
{
    public static void Write(CodeWriter code, BindingsModel model)
    {
        var inputs = model.Inputs.Select((index, i) => (Tensor: model.Tensor(index), Name: model.Inputs.Count == 1 ? "input" : $"input{i}")).ToList();
        var outputs = model.Outputs.Select((index, i) => (Tensor: model.Tensor(index), Name: model.Outputs.Count == 1 ? "output" : $"output{i}")).ToList();
        code.Summary("Runs the network on quantised numbers; allocates nothing.");
        foreach (var (tensor, name) in inputs) code.Line($"/// <param name=\"{name}\">{TensorText.Quantised(tensor)}.</param>");
        foreach (var (tensor, name) in outputs) code.Line($"/// <param name=\"{name}\">Receives {TensorText.Quantised(tensor)}.</param>");
        code.Line("/// <exception cref=\"global::System.ArgumentException\">A span has not exactly the tensor's length.</exception>");
        string parameters = string.Join(", ",
            inputs.Select(i => $"{ModelClass.ReadOnlySpan}<{i.Tensor.Type}> {i.Name}").Concat(outputs.Select(o => $"{ModelClass.Span}<{o.Tensor.Type}> {o.Name}")));
        code.Block($"public void Invoke({parameters})", () =>
        {
            if (model.IsStub)
            {
                code.Line("throw NotBuilt();");
                return;
            }
            foreach (var (tensor, name) in inputs.Concat(outputs)) Check(code, name, tensor.Count);
            foreach (var (tensor, name) in inputs) code.Line($"{name}.CopyTo(tensor{tensor.Index});");
            code.Line("Run();");
            foreach (var (tensor, name) in outputs) code.Line($"{ModelClass.Span}<{tensor.Type}> from{tensor.Index} = tensor{tensor.Index};").Line($"from{tensor.Index}.CopyTo({name});");
        }).Line();
    }

    public static void Check(CodeWriter code, string name, int length) => code
        .Line($"if ({name}.Length != {length})")
        .Line($"    throw new global::System.ArgumentException(global::System.FormattableString.Invariant($\"needs {length} elements, not {{{name}.Length}}\"), nameof({name}));");
}
