using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class DepthwiseConv2DStep : IStep
{
    private readonly DepthwiseConv2DParameters parameters;
    private readonly int input, output;
    private readonly short[] packed, scratch;
    private readonly int[] bias, multipliers, shifts;

    public DepthwiseConv2DStep(PreparedDepthwiseConv2D p, TensorStore tensors)
    {
        parameters = p.ToKernel();
        (input, output) = (p.Input, p.Output);
        packed = new short[DepthwiseConv2D.PackedLength(parameters)];
        DepthwiseConv2D.Pack(parameters, tensors.Int8(p.Filter), packed);
        scratch = new short[DepthwiseConv2D.ScratchLength(parameters)];
        bias = tensors.Bias(p.Bias);
        multipliers = p.Requantization.Multipliers.Spread(p.OutputChannels);
        shifts = p.Requantization.Shifts.Spread(p.OutputChannels);
    }

    public void Execute(TensorStore tensors) =>
        DepthwiseConv2D.Run(parameters, tensors.Int8(input), packed, bias, multipliers, shifts, scratch, tensors.Int8(output));
}
