using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>ARG_MAX and ARG_MIN along one axis.</summary>
internal static class ArgExtremumPreparation
{
    public static PreparedOperator Prepare(OperatorContext context)
    {
        Tensor input = context.Input, output = context.Output;
        context.Require(input.Type == ElementType.Int8, $"it is on {input.Type}; only Int8 has a kernel");
        context.Require(output.Type == ElementType.Int32, $"its output is {output.Type}; only Int32 has a kernel");
        ReadOnlySpan<int> axes = context.Integers(1, "its axis");
        context.Require(axes.Length == 1, "it has no axis");
        int axis = context.Axis(axes[0], input.Shape.Length);
        int outer = 1, inner = 1;
        for (int i = 0; i < axis; i++) outer *= input.Shape[i];
        for (int i = axis + 1; i < input.Shape.Length; i++) inner *= input.Shape[i];
        context.Require(output.Count == (long)outer * inner, "its output has another size");
        return new PreparedArgExtremum(
            context.Operator, context.InputIndex(0), context.Operator.Outputs[0], outer, input.Shape[axis], inner,
            context.Operator.Code == OperatorCode.ArgMax);
    }
}
