namespace TinyNas.Data;

/// <summary>
/// Blocks of 8×8 coefficients. The inverse DCT is separable with 13-bit cosines in 32-bit integers: columns first, keeping two
/// more bits, then rows with one rounding to the sample. Even and odd coefficients are summed apart, since outputs n and
/// 7 - n differ in the sign of the odd part alone.
/// </summary>
internal static class JpegBlock
{
    public static ReadOnlySpan<byte> ZigZag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    // round(2^13 cos(k π / 16)).
    private const int C1 = 8035, C2 = 7568, C3 = 6811, C4 = 5793, C5 = 4551, C6 = 3135, C7 = 1598;

    /// <summary>Writes 8×8 samples (0 to 255) to <paramref name="plane"/> from <paramref name="at"/> on.</summary>
    public static void Transform(ReadOnlySpan<short> coefficients, ReadOnlySpan<ushort> quantisation, Span<byte> plane, int at, int stride)
    {
        Span<int> work = stackalloc int[64];
        for (int i = 0; i < 64; i++) work[i] = coefficients[i] * quantisation[i];
        // The definition halves each dimension's sum; both halvings wait for the final shift.
        for (int column = 0; column < 8; column++) Transform8(work[column..], 8, 11);
        for (int row = 0; row < 8; row++)
        {
            Span<int> samples = work.Slice(8 * row, 8);
            Transform8(samples, 1, 13 + 2 + 2);
            for (int x = 0; x < 8; x++) plane[at + row * stride + x] = (byte)Math.Clamp(samples[x] + 128, 0, 255);
        }
    }

    private static void Transform8(Span<int> x, int step, int shift)
    {
        int x0 = x[0], x1 = x[step], x2 = x[2 * step], x3 = x[3 * step], x4 = x[4 * step], x5 = x[5 * step], x6 = x[6 * step], x7 = x[7 * step];
        int half = 1 << (shift - 1);
        int sum = (x0 + x4) * C4 + half, difference = (x0 - x4) * C4 + half;
        int rotated = x2 * C2 + x6 * C6, turned = x2 * C6 - x6 * C2;
        int even0 = sum + rotated, even1 = difference + turned, even2 = difference - turned, even3 = sum - rotated;
        int odd0 = x1 * C1 + x3 * C3 + x5 * C5 + x7 * C7;
        int odd1 = x1 * C3 - x3 * C7 - x5 * C1 - x7 * C5;
        int odd2 = x1 * C5 - x3 * C1 + x5 * C7 + x7 * C3;
        int odd3 = x1 * C7 - x3 * C5 + x5 * C3 - x7 * C1;
        x[0] = (even0 + odd0) >> shift;
        x[step] = (even1 + odd1) >> shift;
        x[2 * step] = (even2 + odd2) >> shift;
        x[3 * step] = (even3 + odd3) >> shift;
        x[4 * step] = (even3 - odd3) >> shift;
        x[5 * step] = (even2 - odd2) >> shift;
        x[6 * step] = (even1 - odd1) >> shift;
        x[7 * step] = (even0 - odd0) >> shift;
    }
}
