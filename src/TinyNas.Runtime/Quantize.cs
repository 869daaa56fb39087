#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>QUANTIZE from 8 bits to 8 bits or from float32, and DEQUANTIZE. Values are int8 where the flag says so, else uint8; both as bytes.</summary>
internal static class Quantize
{
    /// <summary>From one scale and zero point to another.</summary>
    public static void Rescale(
        int inputZeroPoint, bool inputSigned, int multiplier, int shift, int outputZeroPoint, bool outputSigned,
        ReadOnlySpan<byte> input, Span<byte> output)
    {
        unchecked
        {
            for (int i = 0; i < input.Length; i++)
            {
                int value = inputSigned ? (sbyte)input[i] : input[i];
                int q = FixedPoint.MultiplyByQuantizedMultiplier(value - inputZeroPoint, multiplier, shift) + outputZeroPoint;
                output[i] = Saturate(q, outputSigned);
            }
        }
    }

    /// <summary>value / scale, halves away from zero, + zero point. What is no number becomes the zero point.</summary>
    public static void FromFloat(float scale, int zeroPoint, bool signed, ReadOnlySpan<float> input, Span<byte> output)
    {
        for (int i = 0; i < input.Length; i++)
        {
            float rounded = MathF.Round(input[i] / scale, MidpointRounding.AwayFromZero);
            int q = rounded >= 1024 ? 1024 : rounded <= -1024 ? -1024 : float.IsNaN(rounded) ? 0 : (int)rounded;
            output[i] = Saturate(q + zeroPoint, signed);
        }
    }

    /// <summary>scale * (value - zero point), the product in double.</summary>
    public static void ToFloat(float scale, int zeroPoint, bool signed, ReadOnlySpan<byte> input, Span<float> output)
    {
        for (int i = 0; i < input.Length; i++)
            output[i] = (float)((double)scale * ((signed ? unchecked((sbyte)input[i]) : input[i]) - zeroPoint));
    }

    private static byte Saturate(int q, bool signed)
    {
        int low = signed ? sbyte.MinValue : byte.MinValue, high = signed ? sbyte.MaxValue : byte.MaxValue;
        return unchecked((byte)(q < low ? low : q > high ? high : q));
    }
}
