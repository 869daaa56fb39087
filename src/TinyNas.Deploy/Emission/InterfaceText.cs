using System.Globalization;
using System.Text;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>The model's C interface: macros and declarations for n.h, functions for n.c.</summary>
internal sealed class InterfaceText(Graph graph, ExecutionPlan plan, ModelCard card, ModelNames names)
{
    public string Macros()
    {
        var text = new StringBuilder();
        Define(text, "ARENA_BYTES", plan.ArenaBytes.ToString(CultureInfo.InvariantCulture));
        Tensors(text, "INPUT", graph.Inputs);
        Tensors(text, "OUTPUT", graph.Outputs);
        if (card.Input is { } input)
        {
            text.Append("\n/* An input value in the data's own units, of channel c, becomes round((value - mean[c]) * inverse_deviation[c] / scale) + zero point. */\n");
            Define(text, "INPUT_CHANNELS", input.Mean.Length.ToString(CultureInfo.InvariantCulture));
            Define(text, "INPUT_MEANS", "{" + string.Join(", ", input.Mean.Select(CText.Float)) + "}");
            Define(text, "INPUT_INVERSE_DEVIATIONS", "{" + string.Join(", ", input.InverseDeviation.Select(CText.Float)) + "}");
        }
        if (card.Labels.Length > 0)
        {
            text.Append("\n/* Names of the classes, to initialise an array of const char * with. */\n");
            Define(text, "LABEL_COUNT", card.Labels.Length.ToString(CultureInfo.InvariantCulture));
            Define(text, "LABELS", "{" + string.Join(", ", card.Labels.Select(CText.String)) + "}");
        }
        return text.ToString().TrimEnd('\n');
    }

    public string Declarations(string role)
    {
        IReadOnlyList<int> tensors = role == "input" ? graph.Inputs : graph.Outputs;
        return string.Join('\n', Signatures(role, tensors).Select(s => s.Signature + ";"));
    }

    public string Accessors() => string.Join("\n\n",
        Signatures("input", graph.Inputs).Concat(Signatures("output", graph.Outputs)).Select(s =>
            string.Create(CultureInfo.InvariantCulture, $"{s.Signature}\n{{\n    return {Place(s.Tensor)};\n}}")));

    /// <summary>n_input() is the first tensor; n_input_0() and so on exist where there are several.</summary>
    public IEnumerable<(string Signature, string Function, int Tensor)> Signatures(string role, IReadOnlyList<int> tensors)
    {
        yield return Signature($"{names.Snake}_{role}", role, tensors[0]);
        for (int i = 0; tensors.Count > 1 && i < tensors.Count; i++)
            yield return Signature(string.Create(CultureInfo.InvariantCulture, $"{names.Snake}_{role}_{i}"), role, tensors[i]);
    }

    private (string, string, int) Signature(string function, string role, int tensor)
    {
        string type = CText.TypeOf(graph.Tensors[tensor].Type), constant = role == "output" ? "const " : "";
        return ($"{constant}{type} *{function}(void)", function, tensor);
    }

    private string Place(int tensor)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{names.Capitals}_AT({plan.OffsetOf(tensor)})");
        string type = CText.TypeOf(graph.Tensors[tensor].Type);
        return type == "int8_t" ? place : $"({type} *)(void *){place}";
    }

    private void Tensors(StringBuilder text, string role, IReadOnlyList<int> tensors)
    {
        text.Append('\n');
        Tensor(text, role, graph.Tensors[tensors[0]]);
        for (int i = 0; tensors.Count > 1 && i < tensors.Count; i++)
            Tensor(text, string.Create(CultureInfo.InvariantCulture, $"{role}_{i}"), graph.Tensors[tensors[i]]);
    }

    private void Tensor(StringBuilder text, string prefix, Tensor tensor)
    {
        Define(text, prefix + "_BYTES", tensor.Bytes.ToString(CultureInfo.InvariantCulture));
        if (tensor.Quantization is not { IsPerTensor: true } quantization) return;
        Define(text, prefix + "_SCALE", CText.Float(quantization.Scale));
        Define(text, prefix + "_ZERO_POINT", string.Create(CultureInfo.InvariantCulture, $"({quantization.ZeroPoint})"));
    }

    private void Define(StringBuilder text, string macro, string value) => text.Append($"#define {names.Capitals}_{macro} {value}\n");
}
