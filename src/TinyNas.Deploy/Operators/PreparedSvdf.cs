using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>SVDF. <paramref name="Bias"/> is -1 where there is none. State and time weights are int16 where <paramref name="IsWide"/>, else int8.</summary>
public sealed record PreparedSvdf(
    Operator Operator, int Input, int Features, int Time, int Bias, int State, int Output, int Inputs, int Units, int Rank, int Memory, bool IsWide,
    int InputZeroPoint, int StateZeroPoint, int OutputZeroPoint, int FeatureMultiplier, int FeatureShift, int Multiplier, int Shift)
    : PreparedOperator(Operator, Input, Output);
