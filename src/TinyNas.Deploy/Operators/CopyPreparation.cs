using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>RESHAPE, SQUEEZE and EXPAND_DIMS: another shape over the same bytes.</summary>
internal static class CopyPreparation
{
    public static PreparedOperator Prepare(OperatorContext context)
    {
        context.Require(context.Input.Type == context.Output.Type && context.Input.Count == context.Output.Count, "its output has another type or size");
        return new PreparedCopy(context.Operator, context.InputIndex(0), context.Operator.Outputs[0], context.Output.Bytes);
    }
}
