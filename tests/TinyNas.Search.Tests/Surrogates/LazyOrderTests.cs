namespace TinyNas.Search.Tests;

[TestClass]
public sealed class LazyOrderTests
{
    [TestMethod]
    public void TheOrderIsThatOfTheCostsWhateverTheBounds()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            var random = new Model.RandomStream(seed, 1);
            (double Cost, double Bound)[] items = [.. Enumerable.Range(0, 40).Select(_ => Math.Round(random.NextDouble(), 1)).Select(c => (c, c - random.NextDouble()))];
            CollectionAssert.AreEqual(
                items.Select(i => i.Cost).Order().ToArray(), LazyOrder.ByCost(items, i => i.Bound, i => i.Cost).Select(i => i.Cost).ToArray());
        }
    }

    [TestMethod]
    public void TheFirstCostsFewComputationsWhereBoundsAreTight()
    {
        int computed = 0;
        int first = LazyOrder.ByCost(Enumerable.Range(0, 1000), i => i - 0.5, i => { computed++; return i; }).First();
        Assert.AreEqual(0, first);
        Assert.AreEqual(1, computed);
    }

    [TestMethod]
    public void ASketchHasTheMeanOfThePredictionAndNoLessDeviation()
    {
        var random = new Model.RandomStream(3, 1);
        double[] Point() => [random.NextDouble(), random.NextDouble(), random.NextDouble()];
        double[][] points = [.. Enumerable.Range(0, 60).Select(_ => Point())];
        GaussianProcess process = GaussianProcess.Fit(points, [.. points.Select(p => p[0] * p[1] - p[2] * p[2])]);
        for (int i = 0; i < 200; i++)
        {
            double[] point = i < 60 ? points[i] : Point();
            (double mean, double deviation) = process.Predict(point);
            (double sketched, double most) = process.Sketch(point);
            Assert.AreEqual(mean, sketched, 1e-8);
            Assert.IsGreaterThanOrEqualTo(deviation - 1e-9, most);
        }
    }
}
