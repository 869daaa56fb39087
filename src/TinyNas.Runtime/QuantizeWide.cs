#nullable enable

using System;
using System.Buffers.Binary;

namespace TinyNas.Runtime;

/// <summary>QUANTIZE and DEQUANTIZE with an end of int16 or int32, whose zero point is 0. The other end may be int8.</summary>
internal static class QuantizeWide
{
    /// <summary>From one scale and zero point to another. Sizes are bytes of an element: 1, 2 or 4, all signed.</summary>
    public static void Rescale(
        int inputSize, int inputZeroPoint, int multiplier, int shift, int outputZeroPoint, int outputSize, ReadOnlySpan<byte> input, Span<byte> output)
    {
        unchecked
        {
            for (int from = 0, to = 0; from < input.Length; from += inputSize, to += outputSize)
                Store(FixedPoint.MultiplyByQuantizedMultiplier(Load(input.Slice(from), inputSize) - inputZeroPoint, multiplier, shift) + outputZeroPoint,
                    outputSize, output.Slice(to));
        }
    }

    /// <summary>value / scale, halves away from zero. What is no number becomes 0.</summary>
    public static void FromFloat(float scale, ReadOnlySpan<float> input, Span<short> output)
    {
        for (int i = 0; i < input.Length; i++)
        {
            float rounded = MathF.Round(input[i] / scale, MidpointRounding.AwayFromZero);
            output[i] = rounded >= short.MaxValue ? short.MaxValue : rounded <= short.MinValue ? short.MinValue : float.IsNaN(rounded) ? (short)0 : (short)rounded;
        }
    }

    /// <summary>scale * value, the product in double.</summary>
    public static void ToFloat(float scale, ReadOnlySpan<short> input, Span<float> output)
    {
        for (int i = 0; i < input.Length; i++) output[i] = (float)((double)scale * input[i]);
    }

    private static int Load(ReadOnlySpan<byte> bytes, int size) => size switch
    {
        1 => unchecked((sbyte)bytes[0]),
        2 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        _ => BinaryPrimitives.ReadInt32LittleEndian(bytes),
    };

    private static void Store(int q, int size, Span<byte> bytes)
    {
        if (size == 1) bytes[0] = unchecked((byte)(q < sbyte.MinValue ? sbyte.MinValue : q > sbyte.MaxValue ? sbyte.MaxValue : q));
        else if (size == 2) BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)(q < short.MinValue ? short.MinValue : q > short.MaxValue ? short.MaxValue : q));
        else BinaryPrimitives.WriteInt32LittleEndian(bytes, q);
    }
}
