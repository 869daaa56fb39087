using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class Conv2DStep : IStep
{
    private readonly Conv2DParameters parameters;
    private readonly int input, output;
    private readonly short[] packed, scratch;
    private readonly int[] bias, multipliers, shifts;

    public Conv2DStep(PreparedConv2D p, TensorStore tensors)
    {
        parameters = p.ToKernel();
        (input, output) = (p.Input, p.Output);
        packed = new short[Conv2D.PackedLength(parameters)];
        Conv2D.Pack(parameters, tensors.Int8(p.Filter), packed);
        scratch = new short[Conv2D.ScratchLength(parameters)];
        bias = tensors.Bias(p.Bias);
        multipliers = p.Requantization.Multipliers.Spread(p.OutputChannels);
        shifts = p.Requantization.Shifts.Spread(p.OutputChannels);
    }

    public void Execute(TensorStore tensors) =>
        Conv2D.Run(parameters, tensors.Int8(input), packed, bias, multipliers, shifts, scratch, tensors.Int8(output));
}
