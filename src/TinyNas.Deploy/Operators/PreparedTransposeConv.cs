using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// TRANSPOSE_CONV: the window is that of the convolution that leads from the output back to the input, so its input is what is
/// written here. <paramref name="Bias"/> is -1 where there is none. Always one multiplier per output channel.
/// </summary>
public sealed record PreparedTransposeConv(
    Operator Operator, int Input, int Filter, int Bias, int Output, Window2D Window, int InputChannels, int OutputChannels,
    Requantization Requantization) : PreparedOperator(Operator, Input, Output);
