using TinyNas.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>Transposed convolution: all that the windows reach, cut to TensorFlow's output, or filled up with zeros where a stride is beyond its kernel.</summary>
internal sealed class TorchConvTranspose : TorchLayer
{
    private readonly ConvTranspose layer;
    private readonly Tensor kernel;
    private readonly Tensor? bias;
    private readonly long[] border;

    public TorchConvTranspose(ConvTranspose layer, Shape input, Shape output, Tensor kernel, Tensor? bias)
    {
        (this.layer, this.kernel, this.bias) = (layer, kernel, bias);
        var back = new ConvGeometry(layer.Back(input.Channels), output);
        long top = back.Vertical.Before, left = back.Horizontal.Before;
        long height = (input.Height - 1L) * layer.StrideHeight + layer.KernelHeight, width = (input.Width - 1L) * layer.StrideWidth + layer.KernelWidth;
        border = [-left, output.Width + left - width, -top, output.Height + top - height];
    }

    public override Tensor Forward(Tensor[] inputs, long step)
    {
        Tensor whole = nn.functional.conv_transpose2d(
            inputs[0], kernel.permute(0, 3, 1, 2), null!, [layer.StrideHeight, layer.StrideWidth], [0, 0], [0, 0], [1, 1], 1);
        Tensor cut = nn.functional.pad(whole, border, PaddingModes.Constant, 0);
        return bias is null ? cut : cut.add(bias.view(1, layer.Filters, 1, 1));
    }
}
