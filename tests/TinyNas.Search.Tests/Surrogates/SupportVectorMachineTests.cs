using TinyNas.Model;

namespace TinyNas.Search.Tests;

[TestClass]
public sealed class SupportVectorMachineTests
{
    [TestMethod]
    public void TwoPointsAreSeparatedHalfway()
    {
        // By symmetry the margins are +1 and -1 and the boundary lies in the middle; with kernel value e^-1 between them
        // both weights are 1 / (1 - e^-1).
        var machine = new SupportVectorMachine([[0.0], [1.0]], [true, false], gamma: 1, cost: 100);
        Assert.AreEqual(1, machine.Margin([0]), 1e-3);
        Assert.AreEqual(-1, machine.Margin([1]), 1e-3);
        Assert.AreEqual(0, machine.Margin([0.5]), 1e-12);
    }

    [TestMethod]
    public void WhereErrorsCostMuchSeparableDataAreSeparatedAndOthersMostly()
    {
        (double[][] points, bool[] labels) = Ring(80, seed: 3);
        var machine = new SupportVectorMachine(points, labels, gamma: 20, cost: 1e4);
        for (int i = 0; i < points.Length; i++) Assert.AreEqual(labels[i], machine.Margin(points[i]) > 0, $"point {i}");
        (double[][] others, bool[] expected) = Ring(400, seed: 4);
        Assert.IsGreaterThan(360, others.Where((p, i) => machine.Margin(p) > 0 == expected[i]).Count());
    }

    [TestMethod]
    public void AClassOfFewPointsIsNotDrownedByOneOfMany()
    {
        // One good point among thirty bad ones that stand around it on three sides.
        RandomStream random = new(1, 1);
        double[][] points = [[0.5, 0.5], .. Enumerable.Range(0, 30).Select(_ => new[] { random.NextDouble(), random.NextDouble() * 0.4 })];
        bool[] labels = [true, .. Enumerable.Repeat(false, 30)];
        Assert.IsGreaterThan(0, new SupportVectorMachine(points, labels, 6, 1).Margin([0.5, 0.5]));
    }

    private static (double[][] Points, bool[] Labels) Ring(int count, ulong seed)
    {
        RandomStream random = new(seed, 1);
        double[][] points = [.. Enumerable.Range(0, count).Select(_ => new[] { random.NextDouble(), random.NextDouble() })];
        return (points, [.. points.Select(p => (p[0] - 0.5) * (p[0] - 0.5) + (p[1] - 0.5) * (p[1] - 0.5) < 0.09)]);
    }
}
