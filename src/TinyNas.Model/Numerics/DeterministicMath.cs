namespace TinyNas.Model;

/// <summary>
/// Elementary functions from IEEE additions, multiplications, divisions and square roots alone, so that every machine
/// gives the same bits. The platform's libm does not promise that. Relative error is a few units in the last place of a double.
/// </summary>
public static class DeterministicMath
{
    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;

    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x > 709.78) return double.PositiveInfinity;
        if (x < -745.13) return 0;
        // x = n ln 2 + r with |r| <= ln 2 / 2; the Taylor series to r^13 is below half an ulp there.
        double n = Math.Floor(x * 1.4426950408889634 + 0.5);
        double r = x - n * Ln2High - n * Ln2Low;
        double sum = 1;
        for (int i = 13; i >= 1; i--) sum = 1 + sum * r / i;
        return ScaleByPowerOfTwo(sum, (int)n);
    }

    public static float Exp(float x) => (float)Exp((double)x);

    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0) return double.NaN;
        if (x == 0) return double.NegativeInfinity;
        if (double.IsPositiveInfinity(x)) return x;
        int exponent = 0;
        if (x < 2.2250738585072014e-308) { x *= 18014398509481984.0; exponent = -54; }
        long bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)((bits >> 52) & 0x7FF) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (m > 1.4142135623730951) { m *= 0.5; exponent++; }
        // log m = 2 atanh(s), s = (m - 1) / (m + 1), |s| < 0.1716.
        double s = (m - 1) / (m + 1), square = s * s, sum = 0;
        for (int i = 23; i >= 3; i -= 2) sum = (sum + 1.0 / i) * square;
        return exponent * Ln2High + (2 * s * (1 + sum) + exponent * Ln2Low);
    }

    public static double Pow(double x, double y) => y == 0 ? 1 : x == 0 ? 0 : Exp(y * Log(x));

    /// <summary>x to a whole power by repeated squaring.</summary>
    public static double Pow(double x, int n)
    {
        double result = 1;
        for (long e = Math.Abs((long)n); e > 0; e >>= 1, x *= x)
            if ((e & 1) != 0) result *= x;
        return n < 0 ? 1 / result : result;
    }

    public static double Sin(double x) => Cos(x - Math.PI / 2);

    /// <summary>Good to about 1e-15 absolute for |x| up to 1e6.</summary>
    public static double Cos(double x)
    {
        double quarter = Math.Floor(x * (2 / Math.PI) + 0.5);
        double r = x - quarter * 1.57079632673412561417 - quarter * 6.07710050650619224932e-11;
        double square = r * r;
        return ((int)((long)quarter & 3)) switch
        {
            0 => CosTaylor(square),
            1 => -SinTaylor(r, square),
            2 => -CosTaylor(square),
            _ => SinTaylor(r, square),
        };
    }

    public static double Tanh(double x)
    {
        if (Math.Abs(x) > 20) return Math.Sign(x);
        double e = Exp(2 * x);
        return Math.Abs(x) < 1e-4 ? x - x * x * x / 3 : (e - 1) / (e + 1);
    }

    public static double Sigmoid(double x) => 1 / (1 + Exp(-x));

    private static double CosTaylor(double square)
    {
        double sum = 1;
        for (int i = 18; i >= 2; i -= 2) sum = 1 - sum * square / (i * (i - 1));
        return sum;
    }

    private static double SinTaylor(double r, double square)
    {
        double sum = 1;
        for (int i = 19; i >= 3; i -= 2) sum = 1 - sum * square / (i * (i - 1));
        return r * sum;
    }

    private static double ScaleByPowerOfTwo(double x, int n)
    {
        if (n > 1023) { x *= BitConverter.Int64BitsToDouble((long)(1023 + 1023) << 52); n -= 1023; }
        if (n < -1022) { x *= BitConverter.Int64BitsToDouble((long)(-1022 + 54 + 1023) << 52); n += 1022 - 54; }
        if (n < -1022) { x *= BitConverter.Int64BitsToDouble((long)(-1022 + 54 + 1023) << 52); n += 1022 - 54; }
        return x * BitConverter.Int64BitsToDouble((long)(n + 1023) << 52);
    }
}
