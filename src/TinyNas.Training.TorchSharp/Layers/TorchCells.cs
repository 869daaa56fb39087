namespace TinyNas.Training.TorchSharp;

/// <summary>c' = f c + i g, h' = o tanh c'; gates in the order input, forget, candidate, output.</summary>
internal sealed class TorchLstm(Lstm layer, Tensor kernel, Tensor recurrent, Tensor bias) : TorchRecurrent(layer, kernel, recurrent)
{
    private Tensor? cell;

    protected override void Begin(Tensor state) => cell = state;

    protected override Tensor Cell(Tensor fromInput, Tensor fromState, Tensor state)
    {
        Tensor sum = fromInput.add(fromState).add(bias);
        cell = Gate(sum, 1).sigmoid().mul(cell!).add(Gate(sum, 0).sigmoid().mul(Gate(sum, 2).tanh()));
        return Gate(sum, 3).sigmoid().mul(cell.tanh());
    }
}

/// <summary>r, z = σ(Wx + Rh + b), n = tanh(Wx + b + r (Rh + b')), h' = n + z (h - n).</summary>
internal sealed class TorchGru(Gru layer, Tensor kernel, Tensor recurrent, Tensor bias, Tensor candidateBias) : TorchRecurrent(layer, kernel, recurrent)
{
    protected override Tensor Cell(Tensor fromInput, Tensor fromState, Tensor state)
    {
        Tensor x = fromInput.add(bias), reset = Gate(x, 0).add(Gate(fromState, 0)).sigmoid(), update = Gate(x, 1).add(Gate(fromState, 1)).sigmoid();
        Tensor candidate = Gate(x, 2).add(reset.mul(Gate(fromState, 2).add(candidateBias))).tanh();
        return candidate.add(update.mul(state.sub(candidate)));
    }
}

/// <summary>With s = Wx + Rh: z = σ(s + b'), n = tanh(s + b), h' = (ζ (1 - z) + ν) n + z h, ζ and ν being sigmoids of trained scalars.</summary>
internal sealed class TorchFastGrnn(FastGrnn layer, Tensor kernel, Tensor recurrent, Tensor bias, Tensor gateBias, Tensor zeta, Tensor nu)
    : TorchRecurrent(layer, kernel, recurrent)
{
    protected override Tensor Cell(Tensor fromInput, Tensor fromState, Tensor state)
    {
        Tensor sum = fromInput.add(fromState), gate = sum.add(gateBias).sigmoid(), candidate = sum.add(bias).tanh();
        return gate.neg().add(1).mul(zeta.sigmoid()).add(nu.sigmoid()).mul(candidate).add(gate.mul(state));
    }
}
