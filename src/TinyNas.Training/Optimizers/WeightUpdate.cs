namespace TinyNas.Training;

/// <summary>What happens between a step's gradients and the next step's weights, in one place and order.</summary>
internal sealed unsafe class WeightUpdate
{
    private readonly KernelSet kernels;
    private readonly ParameterStore parameters;
    private readonly Optimizer optimizer;
    private readonly Region squares;

    public WeightUpdate(KernelSet kernels, ParameterStore parameters, Optimizer optimizer, Arena arena)
    {
        (this.kernels, this.parameters, this.optimizer) = (kernels, parameters, optimizer);
        squares = arena.Reserve(16);
    }

    /// <summary>Called once, when the weights have their initial values.</summary>
    public void Initialise()
    {
        foreach (Region state in parameters.States) new Span<float>(state.Pointer, parameters.TrainedFloats).Fill(optimizer.InitialState);
        if (parameters.Averages is { } averages)
            new Span<float>(parameters.Values.Pointer, parameters.TrainedFloats).CopyTo(new Span<float>(averages.Pointer, parameters.TrainedFloats));
    }

    /// <param name="step">Steps taken before this one.</param>
    public void Run(long step, double rate)
    {
        var memory = new UpdateMemory
        {
            Weights = parameters.Values.Pointer, Gradients = parameters.Gradients.Pointer, Count = parameters.TrainedFloats,
            First = StateAt(0), Second = StateAt(1),
        };
        if (optimizer.ClipValue > 0) kernels.Clamp(memory.Gradients, (float)optimizer.ClipValue, memory.Count);
        if (optimizer.ClipNorm > 0) ClipNorm(memory);
        if (optimizer.WeightDecay > 0) Decay(memory, rate);
        optimizer.Update(kernels, memory, step + 1, rate);
        if (parameters.Averages is { } averages)
            kernels.Approach(averages.Pointer, memory.Weights, (float)(1 - Math.Min(optimizer.WeightAverage, (1.0 + step) / (10.0 + step))), memory.Count);
    }

    private float* StateAt(int index) => index < parameters.States.Length ? parameters.States[index].Pointer : null;

    private void ClipNorm(in UpdateMemory memory)
    {
        squares.Clear();
        kernels.AddSquares(memory.Gradients, memory.Count, squares.Pointer);
        double norm = Math.Sqrt(LaneSum.Precise(squares.Pointer));
        if (norm > optimizer.ClipNorm) kernels.Scale(memory.Gradients, (float)(optimizer.ClipNorm / norm), memory.Gradients, memory.Count);
    }

    private void Decay(in UpdateMemory memory, double rate)
    {
        if (optimizer.DecaysWeights) kernels.Scale(memory.Weights, (float)(1 - rate * optimizer.WeightDecay), memory.Weights, memory.Count);
        else kernels.AddScaled(memory.Gradients, memory.Weights, (float)optimizer.WeightDecay, memory.Count);
    }
}
