using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>Column by column as the managed layers: torch's own have one order of gates, one place for biases and no FastGRNN.</summary>
internal abstract class TorchRecurrent(Recurrent layer, Tensor kernel, Tensor recurrent) : TorchLayer
{
    protected int Units => layer.Units;

    public sealed override Tensor Forward(Tensor[] inputs, long step)
    {
        // [columns, samples, channels]: the products with the input do not wait for a state.
        Tensor columns = inputs[0].squeeze(2).permute(2, 0, 1), products = nn.functional.linear(columns, kernel, null!);
        Tensor state = zeros([columns.shape[1], Units], float32, kernel.device);
        Begin(state);
        var states = new Tensor[columns.shape[0]];
        for (int t = 0; t < states.Length; t++) states[t] = state = Cell(products.select(0, t), nn.functional.linear(state, recurrent, null!), state);
        return (layer.Sequence ? stack(states, 2) : state.unsqueeze(2)).unsqueeze(2);
    }

    /// <param name="state">Zeros, [samples, units].</param>
    protected virtual void Begin(Tensor state) { }

    protected abstract Tensor Cell(Tensor fromInput, Tensor fromState, Tensor state);

    protected Tensor Gate(Tensor products, int index) => products.narrow(-1, (long)index * Units, Units);
}
