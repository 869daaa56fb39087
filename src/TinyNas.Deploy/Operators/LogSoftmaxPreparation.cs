using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>LOG_SOFTMAX over the last axis, on float32.</summary>
internal static class LogSoftmaxPreparation
{
    public static PreparedOperator Prepare(OperatorContext context)
    {
        context.Require(context.Input.Type == ElementType.Float32 && context.Output.Type == ElementType.Float32, $"it is on {context.Input.Type}; only Float32 has a kernel");
        context.Require(context.Input.Shape.Length >= 1 && context.Input.Count == context.Output.Count, "its output has another size");
        int depth = context.Input.Shape[^1];
        return new PreparedLogSoftmax(context.Operator, context.InputIndex(0), context.Operator.Outputs[0], context.Input.Count / depth, depth);
    }
}
