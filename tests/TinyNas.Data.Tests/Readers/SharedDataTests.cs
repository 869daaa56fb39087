using System.Diagnostics;
using TinyNas.Model;

namespace TinyNas.Data.Tests;

[TestClass]
public class SharedDataTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void HandSignsAreReadAsColourImagesOfTheAskedSize()
    {
        var clock = Stopwatch.StartNew();
        DataSet train = DataSetReader.Read(new DataOptions { Path = Repository.Shared("data/images/sign_digits/train"), Input = new Shape(50, 50, 3) });
        TestContext.WriteLine($"936 JPEGs in {clock.ElapsedMilliseconds} ms");
        DataSet test = DataSetReader.Read(new DataOptions { Path = Repository.Shared("data/images/sign_digits/test") }, train);
        Assert.AreEqual(936, train.Count);
        Assert.AreEqual(297, test.Count);
        Assert.AreEqual("0 1 2 3 4 5 6 7 8 9", string.Join(' ', train.Labels));
        CollectionAssert.AreEqual(new[] { 93, 93, 93, 94, 94, 94, 94, 94, 95, 92 }, Counts(train));
        CollectionAssert.AreEqual(new[] { 29, 30, 29, 30, 30, 30, 30, 29, 30, 30 }, Counts(test));
        Assert.AreEqual(new Shape(50, 50, 3), test.Shape);
        Assert.AreEqual(936, train.Files.Count);
        // Photographs of hands on a light wall: neither black nor white.
        double mean = train.Bytes.Average(b => (double)b);
        Assert.IsTrue(mean is > 90 and < 220, $"mean {mean}");
    }

    [TestMethod]
    public void MnistIsReadFromItsFolderOrFromItsImagesFile()
    {
        string folder = Repository.Shared("data/images/mnist");
        var clock = Stopwatch.StartNew();
        DataSet train = DataSetReader.Read(new DataOptions { Path = folder });
        TestContext.WriteLine($"60000 images in {clock.ElapsedMilliseconds} ms");
        DataSet test = DataSetReader.Read(new DataOptions { Path = folder }, train);
        DataSet named = DataSetReader.Read(new DataOptions { Path = Path.Combine(folder, "t10k-images-idx3-ubyte.gz") }, train);
        Assert.AreEqual(60000, train.Count);
        Assert.AreEqual(10000, test.Count);
        Assert.AreEqual(new Shape(28, 28, 1), train.Shape);
        Assert.AreEqual(test.ContentHash, named.ContentHash);
        // The first labels of both files, as everybody quotes them.
        CollectionAssert.AreEqual(new[] { 5, 0, 4, 1, 9 }, train.Targets[..5]);
        CollectionAssert.AreEqual(new[] { 7, 2, 1, 0, 4 }, test.Targets[..5]);
    }

    [TestMethod]
    public void ActivityWindowsKeepSubjectsTogether()
    {
        DataSet train = DataSetReader.Read(new DataOptions { Path = Repository.Shared("data/har/sp_sw_har/windows_sp_train.npz") });
        DataSet test = DataSetReader.Read(new DataOptions { Path = Repository.Shared("data/har/sp_sw_har/windows_sp_test.npz") }, train);
        Assert.AreEqual(1668, train.Count);
        Assert.AreEqual(631, test.Count);
        Assert.AreEqual(new Shape(1, 100, 6), train.Shape);
        Assert.AreEqual("SEATED SITTING_DOWN STANDING_UP TURNING WALKING", string.Join(' ', train.Labels));
        Assert.AreEqual(8, train.Groups!.Distinct().Count());
        Assert.AreEqual(3, test.Groups!.Distinct().Count());
        DataSplit split = Splitter.HoldOut(train, 0.25, 1);
        Assert.AreEqual(0, split.Train.Select(i => train.Groups![i]).Intersect(split.Validation.Select(i => train.Groups![i])).Count());
        Assert.AreEqual(0.25, split.Validation.Length / 1668.0, 0.05);
    }

    [TestMethod]
    public void ActivityRecordingsAreCutIntoWindowsOfOneLabel()
    {
        DataSet data = DataSetReader.Read(new DataOptions { Path = Repository.Shared("data/har/sp_sw_har/s01"), Window = 50, Stride = 25 });
        // Six numeric sensor columns and the timestamp, which is a column like any other.
        Assert.AreEqual(new Shape(1, 50, 7), data.Shape);
        Assert.AreEqual(5, data.Labels.Length);
        Assert.AreEqual(6, data.Files.Count);
        Assert.AreEqual(6, data.Groups!.Distinct().Count());
        Assert.AreEqual(WindowsByHand(data.Files, 50, 25), data.Count);
    }

    /// <summary>Counts runs of equal last cells, without any CSV library.</summary>
    private static int WindowsByHand(IEnumerable<string> files, int window, int stride)
    {
        int windows = 0;
        foreach (string file in files)
        {
            string[] labels = [.. File.ReadLines(file).Skip(1).Select(l => l.Split(',')[^1])];
            for (int start = 0, row = 1; row <= labels.Length; row++)
            {
                if (row < labels.Length && labels[row] == labels[start]) continue;
                for (int at = start; at + window <= row; at += stride) windows++;
                start = row;
            }
        }
        return windows;
    }

    private static int[] Counts(DataSet data) => [.. Enumerable.Range(0, data.Labels.Length).Select(c => data.Targets.Count(t => t == c))];
}
