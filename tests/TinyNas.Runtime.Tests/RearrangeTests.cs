namespace TinyNas.Runtime.Tests;

[TestClass]
public class RearrangeTests
{
    /// <summary>A permutation of five dimensions, element by element, of one to four bytes each.</summary>
    [TestMethod]
    public void EveryRunArrivesAtItsPlace()
    {
        var draw = new Draw(8);
        for (int round = 0; round < 500; round++)
        {
            int[] d = draw.Int32(5, 1, 4), order = [.. Enumerable.Range(0, 5).OrderBy(_ => draw.Any())];
            int run = draw.Between(1, 4), count = d.Aggregate(1, (p, n) => p * n);
            int[] from = Strides(d, run), outer = [.. order.Select(i => d[i])], to = Strides(outer, run);
            int[] f = [.. order.Select(i => from[i])];
            byte[] input = [.. draw.Int8(count * run).Select(b => unchecked((byte)b))], output = new byte[count * run], expected = new byte[count * run];
            for (int element = 0; element < count; element++)
            {
                int[] at = Coordinates(element, d);
                int target = order.Select((axis, i) => at[axis] * to[i]).Sum();
                for (int k = 0; k < run; k++) expected[target + k] = input[element * run + k];
            }
            Rearrange.Run(new RearrangeParameters(outer[0], outer[1], outer[2], outer[3], outer[4], run,
                0, f[0], f[1], f[2], f[3], f[4], 0, to[0], to[1], to[2], to[3], to[4]), input, output);
            CollectionAssert.AreEqual(expected, output, $"round {round}");
        }
    }

    [TestMethod]
    public void StridesMayBeNegativeAndStartsMayNot()
    {
        byte[] output = new byte[6];
        Rearrange.Fill(-1, output);
        Rearrange.Run(new RearrangeParameters(1, 1, 1, 1, 3, 1, 4, 0, 0, 0, 0, -2, 1, 0, 0, 0, 0, 1), [1, 2, 3, 4, 5], output);
        CollectionAssert.AreEqual((byte[])[255, 5, 3, 1, 255, 255], output);
    }

    private static int[] Coordinates(int element, int[] size)
    {
        var at = new int[size.Length];
        for (int i = size.Length - 1; i >= 0; element /= size[i], i--) at[i] = element % size[i];
        return at;
    }

    private static int[] Strides(int[] size, int unit)
    {
        var strides = new int[size.Length];
        for (int i = size.Length - 1, stride = unit; i >= 0; stride *= size[i], i--) strides[i] = stride;
        return strides;
    }
}
