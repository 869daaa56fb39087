using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>DEPTHWISE_CONV_2D: output channel m + c * Multiplier is input channel c under filter m. Always one multiplier per output channel.</summary>
public sealed record PreparedDepthwiseConv2D(
    Operator Operator, int Input, int Filter, int Bias, int Output, Window2D Window, int InputChannels, int Multiplier,
    Requantization Requantization) : PreparedOperator(Operator, Input, Output)
{
    public int OutputChannels => InputChannels * Multiplier;
}
