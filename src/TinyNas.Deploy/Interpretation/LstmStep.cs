using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class LstmStep(PreparedLstm p) : IStep
{
    private readonly LstmParameters parameters = p.ToKernel();

    public void Execute(TensorStore tensors) => Lstm.Run(
        parameters, tensors.Int8(p.Input), p.InputWeights.AsSpan(), p.RecurrentWeights.AsSpan(), p.Bias.AsSpan(), p.Multipliers.AsSpan(), p.Shifts.AsSpan(),
        tensors.Int8(p.HiddenState), tensors.Values<short>(p.CellState), tensors.Int8(p.Output));
}
