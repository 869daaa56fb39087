namespace TinyNas.Generators;

/// <summary>Trace: what every layer left, for comparison with a target or another implementation.</summary>
internal static class TraceMembers
{
    public static void Write(CodeWriter code, BindingsModel model)
    {
        code.Summary("One layer's output.")
            .Line("/// <param name=\"Operator\">The operator by its name in TensorFlow Lite, such as CONV_2D.</param>")
            .Line("/// <param name=\"Name\">The output tensor's name in the .tflite file.</param>")
            .Line("/// <param name=\"ElementType\">int8, uint8, int16, int32 or float32.</param>")
            .Line("/// <param name=\"Shape\">The output's shape; maps are [1, height, width, channels].</param>")
            .Line("/// <param name=\"Bytes\">The output's elements, little-endian.</param>")
            .Line("public readonly record struct Layer(string Operator, string Name, string ElementType, int[] Shape, byte[] Bytes);").Line();
        code.Summary("What each layer left in the last Invoke or Predict, in order; copies.").Block("public Layer[] Trace()", () =>
        {
            if (model.IsStub)
            {
                code.Line("throw NotBuilt();");
                return;
            }
            code.Block("return new Layer[]", () =>
            {
                foreach (CallModel call in model.Calls)
                {
                    if (call.IsPart) continue;
                    TensorModel output = model.Tensor(call.Output);
                    code.Line($"new Layer({Literals.Text(call.Operator)}, {Literals.Text(output.Name)}, {Literals.Text(TensorText.Type(output.Type))}, " +
                        $"new int[] {{ {TensorText.Shape(output)} }}, global::System.Runtime.InteropServices.MemoryMarshal.AsBytes(({ModelClass.Span}<{output.Type}>)tensor{output.Index}).ToArray()),");
                }
            }, "};");
        }).Line();
    }
}
