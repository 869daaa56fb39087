namespace TinyNas.Runtime.Tests;

/// <summary>Operators with two operands: element by element, each operand's index taken modulo its size along every dimension.</summary>
[TestClass]
public class ElementwiseTests
{
    [TestMethod]
    public void AddEqualsItsDefinition() => ForRandomShapes(1, (draw, shape) =>
    {
        var p = new AddParameters(
            shape, 20, draw.Between(-128, 127), Multiplier(draw), -draw.Between(0, 4), draw.Between(-128, 127), Multiplier(draw), -draw.Between(0, 4),
            draw.Between(0, 1) * 2 - 1, Multiplier(draw), -draw.Between(15, 22), RandomRange(draw));
        return (p, (a, b, output) => Add.Run(p, a, b, output), (a, b) => Clamp(p.Requantizer,
            FixedPoint.MultiplyByQuantizedMultiplier(
                FixedPoint.MultiplyByQuantizedMultiplier((a - p.ZeroPointA) * 1048576, p.MultiplierA, p.ShiftA)
                + p.Sign * FixedPoint.MultiplyByQuantizedMultiplier((b - p.ZeroPointB) * 1048576, p.MultiplierB, p.ShiftB), p.Multiplier, p.Shift)));
    });

    [TestMethod]
    public void MulEqualsItsDefinition() => ForRandomShapes(2, (draw, shape) =>
    {
        var p = new MulParameters(shape, draw.Between(-128, 127), draw.Between(-128, 127), Multiplier(draw), -draw.Between(0, 12), RandomRange(draw));
        return (p, (a, b, output) => Mul.Run(p, a, b, output), (a, b) => Clamp(p.Requantizer,
            FixedPoint.MultiplyByQuantizedMultiplier((a - p.ZeroPointA) * (b - p.ZeroPointB), p.Multiplier, p.Shift)));
    });

    [TestMethod]
    public void MaximumAndMinimumEqualTheirDefinition() => ForRandomShapes(3, (draw, shape) =>
    {
        var p = new ExtremumParameters(shape, draw.Between(0, 1) == 1);
        return (p, (a, b, output) => Extremum.Run(p, a, b, output), (a, b) => p.IsMaximum ? Math.Max(a, b) : Math.Min(a, b));
    });

    [TestMethod]
    public void PreluEqualsItsDefinition() => ForRandomShapes(4, (draw, shape) =>
    {
        var p = new PreluParameters(
            shape, draw.Between(-128, 127), draw.Between(-128, 127), Multiplier(draw), -draw.Between(0, 6), Multiplier(draw), -draw.Between(0, 12), RandomRange(draw));
        return (p, (a, b, output) => Prelu.Run(p, a, b, output), (a, b) => Clamp(p.Requantizer, a >= p.InputZeroPoint
            ? FixedPoint.MultiplyByQuantizedMultiplier(a - p.InputZeroPoint, p.Multiplier, p.Shift)
            : FixedPoint.MultiplyByQuantizedMultiplier((a - p.InputZeroPoint) * (b - p.AlphaZeroPoint), p.AlphaMultiplier, p.AlphaShift)));
    });

    private delegate void Kernel(sbyte[] a, sbyte[] b, sbyte[] output);

    private static void ForRandomShapes(ulong seed, Func<Draw, Broadcast, (object Parameters, Kernel Kernel, Func<int, int, int> Definition)> operation)
    {
        var draw = new Draw(seed);
        for (int round = 0; round < 400; round++)
        {
            int[] d = draw.Int32(4, 1, 5), a = [.. d.Select(n => draw.Between(0, 3) == 0 ? 1 : n)], b = [.. d.Select((n, i) => a[i] == 1 || draw.Between(0, 2) != 0 ? n : 1)];
            int[] s = Strides(a), t = Strides(b);
            var (parameters, kernel, definition) = operation(draw, new Broadcast(d[0], d[1], d[2], d[3], s[0], s[1], s[2], s[3], t[0], t[1], t[2], t[3]));
            sbyte[] x = draw.Int8(Product(a)), y = draw.Int8(Product(b)), output = new sbyte[Product(d)];
            kernel(x, y, output);
            int at = 0;
            for (int i = 0; i < d[0]; i++)
                for (int j = 0; j < d[1]; j++)
                    for (int k = 0; k < d[2]; k++)
                        for (int l = 0; l < d[3]; l++)
                            Assert.AreEqual(definition(x[Index(a, i, j, k, l)], y[Index(b, i, j, k, l)]), output[at++], $"round {round}: {parameters}");
        }
    }

    private static int Index(int[] size, params int[] at) => at.Select((n, i) => n % size[i]).Zip(size).Aggregate(0, (index, p) => index * p.Second + p.First);

    private static int[] Strides(int[] size)
    {
        var strides = new int[4];
        for (int i = 3, stride = 1; i >= 0; stride *= size[i], i--) strides[i] = size[i] == 1 ? 0 : stride;
        return strides;
    }

    private static int Product(int[] size) => size.Aggregate(1, (p, n) => p * n);

    private static int Multiplier(Draw draw) => draw.Between(1 << 30, int.MaxValue);

    private static int Clamp(Requantizer r, int value) => Math.Clamp(value + r.OutputZeroPoint, r.Minimum, r.Maximum);

    private static Requantizer RandomRange(Draw draw) => new(draw.Between(-128, 127), draw.Between(-128, -100), draw.Between(100, 127));
}
