namespace TinyNas.Deploy;

/// <summary>TRANSPOSE, CONCATENATION, PACK, UNPACK, SPLIT, SLICE, STRIDED_SLICE, PAD and PADV2.</summary>
internal sealed class RearrangeEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure of one part: 18 integers.</summary>
    private const int ParameterBytes = 18 * 4;

    public void Validate(EmissionStep step)
    {
    }

    public OperatorCost Estimate(EmissionStep step)
    {
        var rearrange = (PreparedRearrange)step.First;
        long constants = rearrange.Parts.Where(p => step.TensorOf(p.Source).IsConstant).Sum(p => (long)step.TensorOf(p.Source).Bytes);
        return new OperatorCost(0, rearrange.Parts.Length * ParameterBytes + constants, [Kernel.Rearrange]);
    }

    public void Emit(EmissionStep step, CSource source)
    {
        var rearrange = (PreparedRearrange)step.First;
        source.Kernels.UnionWith(Estimate(step).Kernels);
        if (rearrange.Fill >= 0) source.Fill(rearrange.Output, rearrange.Fill);
        for (int i = 0; i < rearrange.Parts.Length; i++)
        {
            RearrangePart p = rearrange.Parts[i];
            string parameters = source.Parameters("rearrange", $"step_{step.Index}_{i}",
                List(p.Dimensions), List(p.FromStrides), List(p.ToStrides), p.From, p.To, p.Run);
            source.Call("rearrange_run", parameters, p.Source, p.Target);
        }
    }

    private static string List(IEnumerable<int> values) => "{" + string.Join(", ", values) + "}";
}
