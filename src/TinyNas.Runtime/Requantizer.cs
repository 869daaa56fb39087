#nullable enable

namespace TinyNas.Runtime;

/// <summary>What comes after the multiplication of a sum: + OutputZeroPoint, then the clamp to [Minimum, Maximum], which lies in int8.</summary>
internal readonly record struct Requantizer(int OutputZeroPoint, int Minimum, int Maximum)
{
    public sbyte Apply(int sum, int multiplier, int shift)
    {
        unchecked
        {
            int q = FixedPoint.MultiplyByQuantizedMultiplier(sum, multiplier, shift) + OutputZeroPoint;
            return (sbyte)(q < Minimum ? Minimum : q > Maximum ? Maximum : q);
        }
    }
}
