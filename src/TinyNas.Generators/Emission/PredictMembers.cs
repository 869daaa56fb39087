namespace TinyNas.Generators;

/// <summary>Predict: from the data's own units to a Prediction or real numbers. One input and one output.</summary>
internal static class PredictMembers
{
    public static void Write(CodeWriter code, BindingsModel model)
    {
        TensorModel input = model.Tensor(model.Inputs[0]), output = model.Tensor(model.Outputs[0]);
        Overload(code, model, input, output, "float");
        if (model.Encoding is { Source: not "float" } encoding) Overload(code, model, input, output, encoding.Source);
        if (model.IsStub) return;
        Encode(code, model, input, "float");
        if (model.Encoding is { Source: not "float" } source) Encode(code, model, input, source.Source);
        if (input.Type != "float") Quantise(code, model, input);
        Decode(code, output);
    }

    private static void Overload(CodeWriter code, BindingsModel model, TensorModel input, TensorModel output, string source)
    {
        string result = model.IsClassifier ? "Prediction" : "float[]";
        string units = model.Encoding is null && !model.IsStub ? "real numbers that the input's scale and zero point stand for" : "the data's own units";
        code.Summary(model.IsClassifier ? "Classifies one sample." : "Computes the network's output, real numbers, for one sample.")
            .Line($"/// <param name=\"values\">[{TensorText.Shape(input)}] in {units}; channels vary fastest.</param>")
            .Line("/// <exception cref=\"global::System.ArgumentException\">The number of values is not the input's.</exception>")
            .Block($"public {result} Predict({ModelClass.ReadOnlySpan}<{source}> values)", () =>
            {
                if (model.IsStub)
                {
                    code.Line("throw NotBuilt();");
                    return;
                }
                code.Line("Encode(values);").Line("Run();").Line($"float[] decoded = new float[{output.Count}];").Line("Decode(decoded);")
                    .Line(model.IsClassifier ? "return new Prediction(decoded);" : "return decoded;");
            }).Line();
    }

    private static void Encode(CodeWriter code, BindingsModel model, TensorModel input, string source) =>
        code.Block($"private void Encode({ModelClass.ReadOnlySpan}<{source}> values)", () =>
        {
            InvokeMembers.Check(code, "values", input.Count);
            int channels = model.Encoding?.Mean.Count ?? 1;
            string normalised = model.Encoding is null ? "values[i]" : $"(values[i] - Mean[channel]) * InverseDeviation[channel]";
            if (channels > 0) code.Line("int channel = 0;");
            code.Block("for (int i = 0; i < values.Length; i++)", () =>
            {
                code.Line($"tensor{input.Index}[i] = {(input.Type == "float" ? normalised : $"Quantise({normalised})")};");
                code.Line($"if (++channel == {channels}) channel = 0;");
            });
        }).Line();

    /// <summary>The arithmetic of InputEncoding in TinyNas.Model, in the same order: division, rounding, zero point, clamp, all in float32.</summary>
    private static void Quantise(CodeWriter code, BindingsModel model, TensorModel input)
    {
        float scale = model.Encoding?.Scale ?? input.Scale ?? 1;
        int zero = model.Encoding?.ZeroPoint ?? input.ZeroPoint;
        int minimum = ElementTypes.Minimum(input.Type), maximum = ElementTypes.Maximum(input.Type);
        if (model.Encoding is { } encoding)
            foreach (var (name, values) in new[] { ("Mean", encoding.Mean), ("InverseDeviation", encoding.InverseDeviation) })
                code.Block($"private static {ModelClass.ReadOnlySpan}<float> {name} => new float[]", () =>
                    code.Wrapped(System.Linq.Enumerable.Select(values, Literals.Float)), "};").Line();
        code.Block($"private static {input.Type} Quantise(float normalised)", () => code
            .Line($"float rounded = global::System.MathF.Round(normalised / {Literals.Float(scale)}, global::System.MidpointRounding.AwayFromZero) + {Literals.Int(zero)};")
            .Line($"return rounded <= {Literals.Int(minimum)} ? ({input.Type})({Literals.Int(minimum)}) : rounded >= {Literals.Int(maximum)} ? ({input.Type}){Literals.Int(maximum)} : unchecked(({input.Type})(int)rounded);")).Line();
    }

    private static void Decode(CodeWriter code, TensorModel output) =>
        code.Block($"private void Decode({ModelClass.Span}<float> decoded)", () => code
            .Line("for (int i = 0; i < decoded.Length; i++)")
            .Line(output.Type == "float" || output.Scale is null
                ? $"    decoded[i] = tensor{output.Index}[i];"
                : $"    decoded[i] = (float)((double)OutputScale * (tensor{output.Index}[i] - OutputZeroPoint));")).Line();
}
