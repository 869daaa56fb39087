using System.Text;

namespace TinyNas.Deploy;

/// <summary>What the emitters of a model's operators leave for n.c: kernels used, constants, and the calls of n_invoke.</summary>
internal sealed class CSource(ModelNames names, ExecutionPlan plan)
{
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

    public void Call(string function, string parameters, int input, int output) =>
        calls.Append($"    {N}_{function}(&{parameters}, {At(input)}, {At(output)});\n");

    public void Call(string function, string parameters, int first, int second, int output) =>
        calls.Append($"    {N}_{function}(&{parameters}, {At(first)}, {At(second)}, {At(output)});\n");

    private string At(int tensor) => System.FormattableString.Invariant($"{names.Capitals}_AT({plan.OffsetOf(tensor)})");
}
