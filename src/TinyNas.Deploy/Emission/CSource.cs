using System.Text;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>What the emitters of a model's operators leave for n.c: kernels used, constants, and the calls of n_invoke.</summary>
internal sealed class CSource(ModelNames names, Graph graph, ExecutionPlan plan)
{
    private readonly StringBuilder constants = new();
    private readonly StringBuilder calls = new();
    private readonly Dictionary<string, string> contents = [];
    private readonly Dictionary<int, (int Offset, int Distance)> places = [];
    private string indent = "    ";

    public string N => names.Snake;

    public SortedSet<Kernel> Kernels { get; } = [];

    /// <summary>Whether the sum of a requantisation, shifted left where it is, may reach 2^30: then all take the way that is right for any sum.</summary>
    public bool Wide { get; private set; }

    /// <summary>Whether any requantisation shifts by nothing or to the left, which costs a test in every one.</summary>
    public bool WholeShifts { get; private set; }

    /// <summary>Whether any requantisation shifts to the left.</summary>
    public bool Leftward { get; private set; }

    /// <summary>Whether any scaling without a clamp shifts to the left.</summary>
    public bool ShiftsLeft { get; set; }

    /// <summary>Whether any result is clamped to less than int8.</summary>
    public bool Ranges { get; private set; }

    /// <summary>Whether the taps of any depthwise convolution are dilated along its rows.</summary>
    public bool DepthwiseDilated { get; set; }

    /// <summary>Whether any, and whether not all, depthwise convolutions have the taps that Helium loads at once close enough together for that.</summary>
    public bool DepthwiseGathered { get; set; }

    public bool DepthwiseUngathered { get; set; }

    /// <summary>Whether any convolution gives results below its zero point, or shifts so far that the zero point takes its own addition.</summary>
    public bool Signs { get; private set; }

    /// <summary>Whether any convolution does neither.</summary>
    public bool Above { get; private set; }

    /// <summary>Notes a requantisation of sums no larger than <paramref name="magnitude"/>.</summary>
    public void Requantises(int shift, long magnitude)
    {
        WholeShifts |= shift >= 0;
        Leftward |= shift > 0;
        Wide |= magnitude << Math.Clamp(shift, 0, 30) >= 1 << 30;
    }

    /// <summary>Notes how a convolution requantises; whether it may do so as one without results below its zero point.</summary>
    public bool Convolves(Requantization q, IEnumerable<int> shifts)
    {
        bool above = q.IsAbove(shifts);
        if (above) Above = true;
        else Signs = true;
        return above;
    }

    public void ClampsTo(int minimum, int maximum) => Ranges |= minimum > sbyte.MinValue || maximum < sbyte.MaxValue;

    /// <summary>Whether any kernel walks backwards: only then do they hold the code for it.</summary>
    public bool Backwards { get; set; }

    public string Constants => constants.ToString().TrimEnd('\n');

    public string Calls => calls.ToString().TrimEnd('\n');

    /// <summary>int8_t values that kernels load in words of four.</summary>
    public string Words(string name, ReadOnlySpan<sbyte> values) => Array(name, $"{names.Capitals}_WORDS int8_t", values);

    public string Array<T>(string name, string type, ReadOnlySpan<T> values) where T : struct, IFormattable
    {
        string full = Name(name, string.Join(',', values.ToArray()), out bool known);
        if (!known) constants.Append(CText.Array(type, full, values)).Append('\n');
        return full;
    }

    /// <summary>A constant of one of the kernels' parameter structures, members in order.</summary>
    public string Parameters(string structure, string name, params object[] members)
    {
        string full = Name(name, string.Join(',', members), out bool known);
        if (known) return full;
        constants.Append($"static const struct {N}_{structure} {full} = {{\n    ");
        constants.AppendJoin(", ", members).Append("\n};\n\n");
        return full;
    }

    /// <summary>Calls a kernel with its parameters, then where each tensor lies.</summary>
    public void Call(string function, string parameters, params ReadOnlySpan<int> tensors)
    {
        calls.Append($"{indent}{N}_{function}(&{parameters}");
        foreach (int tensor in tensors) calls.Append(", ").Append(At(tensor));
        calls.Append(");\n");
    }

    /// <summary>A call of a kernel that needs scratch; <paramref name="scratch"/> is its offset in the arena.</summary>
    public void CallWithScratch(string function, string parameters, int input, int output, int scratch) =>
        calls.Append($"{indent}{N}_{function}(&{parameters}, {At(input)}, {At(output)}, {At(Capitals, scratch)});\n");

    /// <summary>Sets every byte of a tensor.</summary>
    public void Fill(int tensor, int value) =>
        calls.Append(System.FormattableString.Invariant($"    memset({At(tensor)}, {value}, {graph.Tensors[tensor].Bytes});\n"));

    /// <summary>The body of n_reset.</summary>
    public string Reset() => string.Join('\n', StateTensors.Of(graph).Select(i =>
        System.FormattableString.Invariant($"    memset({At(i)}, {StateTensors.Fill(graph.Tensors[i])}, {graph.Tensors[i].Bytes});")));

    /// <summary>Where the scratch of a step's kernels lies in the arena.</summary>
    public int ScratchOf(int step) => plan.Steps[step].ScratchOffset;

    /// <summary>Moves bytes within the arena; in a loop, both places go on by their distances each time.</summary>
    public void Move(int to, int toDistance, int from, int fromDistance, int bytes) => calls.Append(System.FormattableString.Invariant(
        $"{indent}memmove({At(Capitals, to, toDistance)}, {At(Capitals, from, fromDistance)}, {bytes});\n"));

    /// <summary>Calls that follow are made that many times.</summary>
    public void BeginLoop(int times)
    {
        calls.Append(System.FormattableString.Invariant($"    for (int32_t i = 0; i < {times}; i++) {{\n"));
        indent = "        ";
    }

    public void EndLoop()
    {
        calls.Append("    }\n");
        indent = "    ";
    }

    public int OffsetOf(int tensor) => plan.OffsetOf(tensor);

    /// <summary>Where the rows between the operators of a step lie.</summary>
    public int BufferOf(int step) => plan.Steps[step].ScratchOffset + plan.Steps[step].ScratchBytes - plan.Steps[step].BufferBytes;

    /// <summary>Calls that follow find a tensor, or the part of it that they work on, elsewhere than the plan says; in a loop, further on each time.</summary>
    public void Place(int tensor, int offset, int distance) => places[tensor] = (offset, distance);

    /// <summary>Ends <see cref="Place"/>.</summary>
    public void Replace() => places.Clear();

    private string Capitals => names.Capitals;

    /// <summary>A constant that a step asks for again is the one it has; another of the same name is numbered.</summary>
    private string Name(string name, string content, out bool known)
    {
        string full = $"{N}_{name}", numbered = full;
        for (int i = 2; contents.TryGetValue(numbered, out string? other) && other != content; i++)
            numbered = System.FormattableString.Invariant($"{full}_{i}");
        known = !contents.TryAdd(numbered, content);
        return numbered;
    }

    /// <summary>Where a tensor lies, as a pointer to int8_t: a place in the arena, or the array of a constant.</summary>
    private string At(int tensor) => graph.Tensors[tensor].IsConstant
        ? Array(System.FormattableString.Invariant($"constant_{tensor}"), "int8_t", graph.Tensors[tensor].Values<sbyte>())
        : places.TryGetValue(tensor, out var place) ? At(Capitals, place.Offset, place.Distance)
        : At(Capitals, plan.OffsetOf(tensor));

    private static string At(string capitals, int offset, int distance = 0) =>
        System.FormattableString.Invariant($"{capitals}_AT({offset}{(distance == 0 ? "" : System.FormattableString.Invariant($" + i * {distance}"))})");
}
