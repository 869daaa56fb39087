using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>FULLY_CONNECTED: <paramref name="Rows"/> times [Depth] to [Units]. <paramref name="Bias"/> is -1 where there is none.</summary>
public sealed record PreparedFullyConnected(
    Operator Operator, int Input, int Filter, int Bias, int Output, int Rows, int Depth, int Units,
    Requantization Requantization) : PreparedOperator(Operator, Input, Output);
