using System.Linq;

namespace TinyNas.Generators;

/// <summary>The network itself: one buffer per activation, so that all can be traced, and one call of an embedded kernel per operator.</summary>
internal static class NetworkMembers
{
    /// <summary>The alias of the kernels' namespace.</summary>
    public const string Kernels = "TinyNasRuntime";

    private const string Prefix = Kernels + "::";

    public static void Write(CodeWriter code, BindingsModel model)
    {
        foreach (TensorModel tensor in model.Tensors)
            code.Line($"private readonly {tensor.Type}[] tensor{tensor.Index} = new {tensor.Type}[{tensor.Count}];");
        foreach (string type in new[] { "sbyte", "short" })
            if (Scratch(model, type) is { Length: > 0 } length) code.Line($"private readonly {type}[] {type}Scratch = new {type}[{length}];");
        code.Line();
        code.Block("private void Run()", () =>
        {
            foreach (CallModel call in model.Calls)
                code.Line(call.Kernel.Length == 0
                    ? $"(({ModelClass.Span}<{model.Tensor(call.Output).Type}>)tensor{call.Arguments[0].Index}).CopyTo(tensor{call.Arguments[1].Index});"
                    : $"{Prefix}{call.Kernel}.{call.Method}({string.Join(", ", call.Arguments.Select(a => Argument(a, "Constants.")))});");
        }).Line();
        // A class of its own, so that reading a label or a figure does not rearrange weights.
        code.Block("private static class Constants", () =>
        {
            foreach (ParametersModel parameters in model.Parameters)
                code.Line($"public static readonly {Prefix}{parameters.Value.Text} Parameters{parameters.Index} = {Argument(parameters.Value, "")};");
            foreach (PackedModel packed in model.Packed) code.Line($"public static readonly short[] Packed{packed.Index} = Pack{packed.Index}();");
            code.Line();
            foreach (PackedModel packed in model.Packed)
                code.Block($"private static short[] Pack{packed.Index}()", () => code
                    .Line($"short[] packed = new short[{Prefix}{packed.Kernel}.PackedLength(Parameters{packed.Parameters})];")
                    .Line($"{Prefix}{packed.Kernel}.Pack(Parameters{packed.Parameters}, Table{packed.Table}, packed);")
                    .Line("return packed;")).Line();
            foreach (TableModel table in model.Tables) TableMembers.Write(code, table);
        });
    }

    /// <summary>The longest scratch that any call asks for, as an expression.</summary>
    private static string Scratch(BindingsModel model, string type)
    {
        var lengths = model.Calls.Where(c => c.Arguments.Any(a => a.Kind == ArgumentKind.Scratch && a.Text == type))
            .Select(c => $"{Prefix}{c.Kernel}.ScratchLength(Constants.Parameters{c.Arguments.First(a => a.Kind == ArgumentKind.Parameters).Index})").ToList();
        return lengths.Count == 0 ? "" : lengths.Aggregate((all, next) => $"global::System.Math.Max({all}, {next})");
    }

    private static string Argument(ArgumentModel argument, string constants) => argument.Kind switch
    {
        ArgumentKind.Tensor => $"tensor{argument.Index}",
        ArgumentKind.Bytes => $"global::System.Runtime.InteropServices.MemoryMarshal.AsBytes(global::System.MemoryExtensions.AsSpan(tensor{argument.Index}))",
        ArgumentKind.Table => $"{constants}Table{argument.Index}",
        ArgumentKind.Parameters => $"{constants}Parameters{argument.Index}",
        ArgumentKind.Packed => $"{constants}Packed{argument.Index}",
        ArgumentKind.Scratch => $"{argument.Text}Scratch",
        ArgumentKind.Structure => $"new {Prefix}{argument.Text}({string.Join(", ", argument.Members.Select(m => $"{m.Member}: {Argument(m, constants)}"))})",
        _ => argument.Text,
    };
}
