using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class FullyConnectedStep : IStep
{
    private readonly FullyConnectedParameters parameters;
    private readonly int input, output;
    private readonly short[] packed, scratch;
    private readonly int[] bias, multipliers, shifts;

    public FullyConnectedStep(PreparedFullyConnected p, TensorStore tensors)
    {
        parameters = p.ToKernel();
        (input, output) = (p.Input, p.Output);
        packed = new short[FullyConnected.PackedLength(parameters)];
        FullyConnected.Pack(parameters, tensors.Int8(p.Filter), packed);
        scratch = new short[FullyConnected.ScratchLength(parameters)];
        bias = tensors.Bias(p.Bias);
        multipliers = p.Requantization.Multipliers.Spread(p.Units);
        shifts = p.Requantization.Shifts.Spread(p.Units);
    }

    public void Execute(TensorStore tensors) =>
        FullyConnected.Run(parameters, tensors.Int8(input), packed, bias, multipliers, shifts, scratch, tensors.Int8(output));
}
