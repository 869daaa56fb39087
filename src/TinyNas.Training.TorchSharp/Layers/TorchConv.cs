using TinyNas.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>Convolution in any number of groups. Where TensorFlow's padding is uneven, zeros are added before it.</summary>
internal sealed class TorchConv : TorchLayer
{
    private readonly Conv conv;
    private readonly Tensor kernel;
    private readonly Tensor? bias;
    private readonly long[] padding;
    private readonly long[]? uneven;
    private readonly bool channelsInnermost;

    public TorchConv(Conv conv, Shape input, Tensor kernel, Tensor? bias, bool channelsInnermost)
    {
        (this.conv, this.kernel, this.bias, this.channelsInnermost) = (conv, kernel, bias, channelsInnermost);
        var geometry = new ConvGeometry(conv, input);
        AxisGeometry v = geometry.Vertical, h = geometry.Horizontal;
        bool even = v.Before == v.After && h.Before == h.After;
        padding = even ? [v.Before, h.Before] : [0, 0];
        uneven = even ? null : [h.Before, h.After, v.Before, v.After];
    }

    /// <summary>torch takes a convolution's layout from either operand.</summary>
    private Tensor Kernel => kernel.permute(0, 3, 1, 2) is var view && channelsInnermost ? view : view.contiguous();

    public override Tensor Forward(Tensor[] inputs, long step) => nn.functional.conv2d(
        uneven is null ? inputs[0] : nn.functional.pad(inputs[0], uneven, PaddingModes.Constant, 0), Kernel, bias!,
        [conv.StrideHeight, conv.StrideWidth], padding, [conv.DilationHeight, conv.DilationWidth], conv.Groups);
}
