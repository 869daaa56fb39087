using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>CONV_2D. <paramref name="Bias"/> is -1 where there is none. Always one multiplier per output channel.</summary>
/// <param name="Groups">Input channels / filter channels; output channel c reads group c / (OutputChannels / Groups).</param>
public sealed record PreparedConv2D(
    Operator Operator, int Input, int Filter, int Bias, int Output, Window2D Window, int InputChannels, int OutputChannels,
    int Groups, Requantization Requantization) : PreparedOperator(Operator, Input, Output);
