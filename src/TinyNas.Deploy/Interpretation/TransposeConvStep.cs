using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class TransposeConvStep(PreparedTransposeConv p, TensorStore tensors) : IStep
{
    private readonly TransposeConvParameters parameters = p.ToKernel();
    private readonly int[] bias = tensors.Bias(p.Bias);
    private readonly int[] multipliers = p.Requantization.Multipliers.Spread(p.OutputChannels);
    private readonly int[] shifts = p.Requantization.Shifts.Spread(p.OutputChannels);

    public void Execute(TensorStore tensors) =>
        TransposeConv.Run(parameters, tensors.Int8(p.Input), tensors.Int8(p.Filter), bias, multipliers, shifts, tensors.Int8(p.Output));
}
