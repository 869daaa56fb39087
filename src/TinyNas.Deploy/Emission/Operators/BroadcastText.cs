namespace TinyNas.Deploy;

/// <summary>The C structure of two operands' dimensions and strides.</summary>
internal static class BroadcastText
{
    /// <summary>Its bytes: 12 integers.</summary>
    public const int Bytes = 12 * 4;

    public static string Of(BroadcastShape shape) =>
        $"{{{{{string.Join(", ", shape.Dimensions)}}}, {{{string.Join(", ", shape.StridesA)}}}, {{{string.Join(", ", shape.StridesB)}}}}}";

    /// <summary>Bytes of the operands that are constants: they stand in flash.</summary>
    public static long ConstantBytes(EmissionStep step) =>
        step.First.Operator.Inputs.Where(i => i >= 0 && step.TensorOf(i).IsConstant).Sum(i => (long)step.TensorOf(i).Bytes);
}
