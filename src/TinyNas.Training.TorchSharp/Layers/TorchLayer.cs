using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>A layer as operations of torch. Maps are [samples, channels, height, width], whatever their order in memory.</summary>
internal abstract class TorchLayer : IDisposable
{
    /// <param name="step">Steps done before this one.</param>
    public abstract Tensor Forward(Tensor[] inputs, long step);

    public virtual void Dispose() { }
}

/// <summary>A layer without parameters or memory.</summary>
internal sealed class TorchFunction(Func<Tensor[], Tensor> function) : TorchLayer
{
    public override Tensor Forward(Tensor[] inputs, long step) => function(inputs);
}
