namespace TinyNas.Runtime.Tests;

[TestClass]
public class ArgExtremumTests
{
    [TestMethod]
    public void TheFirstOfTheLargestOrSmallestIsFound()
    {
        var draw = new Draw(5);
        for (int round = 0; round < 500; round++)
        {
            var p = new ArgExtremumParameters(draw.Between(1, 4), draw.Between(1, 9), draw.Between(1, 4), round % 2 == 0);
            // Few different values: ties are what can go wrong.
            sbyte[] input = draw.Int8(p.Outer * p.Count * p.Inner, round % 3 == 0 ? -128 : -2, round % 3 == 0 ? 127 : 1);
            var output = new int[p.Outer * p.Inner];
            ArgExtremum.Run(p, input, output);
            for (int i = 0; i < output.Length; i++)
            {
                sbyte[] along = [.. Enumerable.Range(0, p.Count).Select(k => input[(i / p.Inner * p.Count + k) * p.Inner + i % p.Inner])];
                Assert.AreEqual(Array.IndexOf(along, p.IsMaximum ? along.Max() : along.Min()), output[i], $"round {round}, {i}");
            }
        }
    }
}
