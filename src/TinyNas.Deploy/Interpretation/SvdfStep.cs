using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class SvdfStep(PreparedSvdf p, TensorStore tensors) : IStep
{
    private readonly SvdfParameters parameters = p.ToKernel();
    private readonly int[] bias = tensors.Bias(p.Bias);

    public void Execute(TensorStore tensors)
    {
        if (p.IsWide) Run<short>(tensors);
        else Run<sbyte>(tensors);
    }

    private void Run<T>(TensorStore tensors) where T : unmanaged, System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T> => Svdf.Run<T>(
        parameters, tensors.Int8(p.Input), tensors.Int8(p.Features), tensors.Values<T>(p.Time), bias, tensors.Values<T>(p.State), tensors.Int8(p.Output));
}
