namespace TinyNas.Generators;

/// <summary>Budget figures and quantisation as constants.</summary>
internal static class FigureMembers
{
    public static void Write(CodeWriter code, BindingsModel model)
    {
        foreach (Figure figure in model.Figures)
            code.Summary(Meaning(figure.Name)).Line($"public const {(figure.Name == "Macs" || figure.Value > int.MaxValue ? "long" : "int")} {figure.Name} = {figure.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)};").Line();
        End(code, model, model.Inputs, "Input");
        End(code, model, model.Outputs, "Output");
    }

    private static void End(CodeWriter code, BindingsModel model, EquatableArray<int> ends, string side)
    {
        for (int i = 0; i < ends.Count; i++)
        {
            TensorModel tensor = model.Tensor(ends[i]);
            string name = ends.Count == 1 ? side : $"{side}{i}";
            code.Summary($"Elements of {TensorText.Describe(tensor)}.").Line($"public const int {name}Length = {tensor.Count};").Line();
            if (tensor.Scale is not { } scale) continue;
            string real = side == "Input" && model.Encoding is not null ? "normalised value" : "real";
            code.Summary($"{real} = {name}Scale * (q - {name}ZeroPoint).").Line($"public const float {name}Scale = {Literals.Float(scale)};").Line();
            code.Summary($"The integer that stands for a {real} of 0.").Line($"public const int {name}ZeroPoint = {Literals.Int(tensor.ZeroPoint)};").Line();
        }
    }

    private static string Meaning(string name) => name switch
    {
        "Macs" => "Multiply-accumulates of one inference.",
        "RamBytes" => "Bytes of RAM of the emitted C: .data and .bss, arena and scratch included, without the stack.",
        "StackBytes" => "Bytes of stack of the emitted C.",
        "FlashBytes" => "Bytes of flash of the emitted C: .text, .rodata and .data.",
        "ConstantBytes" => "Bytes of weights, biases and other constants.",
        _ => "A figure of the emitted C.",
    };
}
