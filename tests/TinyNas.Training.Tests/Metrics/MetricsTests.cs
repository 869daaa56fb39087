namespace TinyNas.Training.Tests;

[TestClass]
public class MetricsTests
{
    [TestMethod]
    public void ATableSaysWhatHandCalculationSays()
    {
        ClassTable table = ClassTable.Of([[5, 1, 0], [2, 2, 0], [0, 0, 0]]);
        Assert.AreEqual(7.0 / 10, table.Accuracy);
        Assert.AreEqual(new ClassFigures(6, 5.0 / 7, 5.0 / 6, 10.0 / 13), table.Classes[0]);
        Assert.AreEqual(new ClassFigures(4, 2.0 / 3, 0.5, 4.0 / 7), table.Classes[1]);
        Assert.AreEqual(new ClassFigures(0, 0, 0, 0), table.Classes[2]);
        Assert.AreEqual((10.0 / 13 + 4.0 / 7) / 2, table.MacroF1);
        Assert.ThrowsExactly<ArgumentException>(() => ClassTable.Of([[1, 2], [3]]));
    }

    [TestMethod]
    public void TheAreaIsTheShareOfPairsInOrder()
    {
        float[] scores = [0.1f, 0.4f, 0.4f, 0.35f, 0.8f, 0.4f];
        bool[] positive = [false, false, true, true, true, false];
        double pairs = 0;
        for (int p = 0; p < 6; p++)
            for (int n = 0; n < 6; n++)
                if (positive[p] && !positive[n]) pairs += scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0;
        Assert.AreEqual(pairs / 9, RocArea.Of(scores, positive));
        Assert.AreEqual(1, RocArea.Of([1, 2], [false, true]));
        Assert.AreEqual(0, RocArea.Of([1, 2], [true, false]));
        Assert.ThrowsExactly<ArgumentException>(() => RocArea.Of([1, 2], [true, true]));
        Assert.ThrowsExactly<ArgumentException>(() => RocArea.Of([1], [true, false]));
    }

    [TestMethod]
    public void TheErrorIsTheRootOfTheMeanSquare()
    {
        Assert.AreEqual(Math.Sqrt((9.0 + 16) / 2), RootMeanSquareError.Of([3, 0], [0, 4]));
        Assert.ThrowsExactly<ArgumentException>(() => RootMeanSquareError.Of([], []));
    }
}
