using System.Text;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>What the emitters of a model's operators leave for n.c: kernels used, constants, and the calls of n_invoke.</summary>
internal sealed class CSource(ModelNames names, Graph graph, ExecutionPlan plan)
{
    private readonly Dictionary<int, string> constantTensors = [];
    private readonly StringBuilder constants = new();
    private readonly StringBuilder calls = new();

    public string N => names.Snake;

    public SortedSet<Kernel> Kernels { get; } = [];

    /// <summary>Whether any requantisation shifts left, which costs a test in every one.</summary>
    public bool ShiftsLeft { get; set; }

    /// <summary>Whether any kernel walks backwards: only then do they hold the code for it.</summary>
    public bool Backwards { get; set; }

    public string Constants => constants.ToString().TrimEnd('\n');

    public string Calls => calls.ToString().TrimEnd('\n');

    public string Array<T>(string name, string type, ReadOnlySpan<T> values) where T : struct, IFormattable
    {
        string full = $"{N}_{name}";
        constants.Append(CText.Array(type, full, values)).Append('\n');
        return full;
    }

    /// <summary>A constant of one of the kernels' parameter structures, members in order.</summary>
    public string Parameters(string structure, string name, params object[] members)
    {
        string full = $"{N}_{name}";
        constants.Append($"static const struct {N}_{structure} {full} = {{\n    ");
        constants.AppendJoin(", ", members).Append("\n};\n\n");
        return full;
    }

    /// <summary>Calls a kernel with its parameters, then where each tensor lies.</summary>
    public void Call(string function, string parameters, params ReadOnlySpan<int> tensors)
    {
        calls.Append($"    {N}_{function}(&{parameters}");
        foreach (int tensor in tensors) calls.Append(", ").Append(At(tensor));
        calls.Append(");\n");
    }

    /// <summary>Sets every byte of a tensor.</summary>
    public void Fill(int tensor, int value) =>
        calls.Append(System.FormattableString.Invariant($"    memset({At(tensor)}, {value}, {graph.Tensors[tensor].Bytes});\n"));

    /// <summary>The body of n_reset.</summary>
    public string Reset() => string.Join('\n', StateTensors.Of(graph).Select(i =>
        System.FormattableString.Invariant($"    memset({At(i)}, {StateTensors.Fill(graph.Tensors[i])}, {graph.Tensors[i].Bytes});")));

    /// <summary>Where a tensor lies, as a pointer to int8_t: a place in the arena, or the array of a constant.</summary>
    public string At(int tensor)
    {
        if (!graph.Tensors[tensor].IsConstant) return System.FormattableString.Invariant($"{names.Capitals}_AT({plan.OffsetOf(tensor)})");
        if (!constantTensors.TryGetValue(tensor, out string? array))
        {
            array = Array(System.FormattableString.Invariant($"constant_{tensor}"), "int8_t", graph.Tensors[tensor].Values<sbyte>());
            constantTensors.Add(tensor, array);
        }
        return array;
    }
}
