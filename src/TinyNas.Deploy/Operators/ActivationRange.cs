using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>The int8 range that a fused activation leaves: bounds are zero point + round(bound / scale) in float32, halves away from zero.</summary>
internal static class ActivationRange
{
    public static (int Minimum, int Maximum) Int8(FusedActivation activation, float scale, int zeroPoint)
    {
        int At(float bound)
        {
            float rounded = MathF.Round(bound / scale, MidpointRounding.AwayFromZero);
            return zeroPoint + (int)Math.Clamp(rounded, -1e6f, 1e6f);
        }

        int low = sbyte.MinValue, high = sbyte.MaxValue;
        return activation switch
        {
            FusedActivation.Relu => (Math.Max(low, At(0)), high),
            FusedActivation.ReluN1To1 => (Math.Max(low, At(-1)), Math.Min(high, At(1))),
            FusedActivation.Relu6 => (Math.Max(low, At(0)), Math.Min(high, At(6))),
            _ => (low, high),
        };
    }
}
