using TinyNas.Model;

namespace TinyNas.Data.Tests;

[TestClass]
public class IdxReaderTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void APairIsReadGzippedOrNot(bool gzip)
    {
        using var folder = new TemporaryFolder();
        Pair(folder, "train", gzip, [7, 3, 7], 2, 3);
        DataSet data = DataSetReader.Read(new DataOptions { Path = folder.Path });
        Assert.AreEqual(new Shape(2, 3, 1), data.Shape);
        Assert.AreEqual("3 7", string.Join(' ', data.Labels));
        CollectionAssert.AreEqual(new[] { 1, 0, 1 }, data.Targets);
        CollectionAssert.AreEqual(Enumerable.Range(0, 18).Select(i => (byte)i).ToArray(), data.Bytes);
        Assert.AreEqual(2, data.Files.Count);
    }

    [TestMethod]
    public void DataTakesTheTrainingPairAndTestDataTheOther()
    {
        using var folder = new TemporaryFolder();
        Pair(folder, "train", true, [0, 1, 1], 2, 2);
        Pair(folder, "t10k", false, [1, 0], 2, 2);
        DataSet train = DataSetReader.Read(new DataOptions { Path = folder.Path });
        Assert.AreEqual(3, train.Count);
        Assert.AreEqual(2, DataSetReader.Read(new DataOptions { Path = folder.Path }, train).Count);
        Assert.AreEqual(2, DataSetReader.Read(new DataOptions { Path = folder["t10k-images-idx3-ubyte"] }, train).Count);
        Assert.AreEqual(3, DataSetReader.Read(new DataOptions { Path = folder["train-images-idx3-ubyte.gz"] }).Count);
    }

    [TestMethod]
    public void ByteImagesAreResizedToInput()
    {
        using var folder = new TemporaryFolder();
        Pair(folder, "train", false, [0, 1], 4, 4);
        DataSet data = DataSetReader.Read(new DataOptions { Path = folder.Path, Input = new Shape(2, 2, 1) });
        // Pixels 0, 1, 4 and 5 average 2.5.
        Assert.AreEqual(3, data.Bytes[0]);
        Assert.AreEqual(8, data.Bytes.Length);
    }

    [TestMethod]
    public void DamageIsNamed()
    {
        using var folder = new TemporaryFolder();
        string images = folder["train-images-idx3-ubyte"], labels = folder["train-labels-idx1-ubyte"];
        void Expect(string reason) => Rejection.Expect(DiagnosticCatalogue.DataUnreadable, "Data", () => DataSetReader.Read(new DataOptions { Path = folder.Path }), reason);
        File.WriteAllBytes(images, DataWriter.Idx(8, [2, 2, 2], new byte[8]));
        Expect("train-images-idx3-ubyte: no labels file beside it");
        File.WriteAllBytes(labels, DataWriter.Idx(8, [3], new byte[3]));
        Expect("has 2 samples");
        File.WriteAllBytes(labels, DataWriter.Idx(8, [2], new byte[1]));
        Expect("train-labels-idx1-ubyte: shorter than its header says");
        File.WriteAllBytes(labels, DataWriter.Idx(8, [2], new byte[3]));
        Expect("longer than its header says");
        File.WriteAllBytes(labels, DataWriter.Idx(8, [2], [0, 1]));
        File.WriteAllBytes(images, DataWriter.Idx(8, [2, 40000, 40000], new byte[8]));
        Expect("too large for memory");
        File.WriteAllBytes(images, DataWriter.Idx(8, [2, 4000, 4000], new byte[8]));
        Expect("shorter than its header says");
        File.WriteAllBytes(images, DataWriter.Gzip(DataWriter.Idx(8, [2, 2, 2], new byte[8]))[..^12]);
        Expect("train-images-idx3-ubyte");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void EveryDamageIsDataOrADiagnostic(bool gzip)
    {
        using var folder = new TemporaryFolder();
        Pair(folder, "train", gzip, [0, 1, 2], 3, 3);
        string[] files = [folder["train-images-idx3-ubyte" + (gzip ? ".gz" : "")], folder["train-labels-idx1-ubyte" + (gzip ? ".gz" : "")]];
        byte[][] good = [.. files.Select(File.ReadAllBytes)];
        var stream = RandomStream.Create(6);
        for (int round = 0; round < 1000; round++)
        {
            int which = stream.NextInt(2);
            byte[] damaged = round % 4 == 0 ? good[which][..stream.NextInt(good[which].Length)] : [.. good[which]];
            if (damaged.Length > 0) damaged[stream.NextInt(damaged.Length)] = (byte)stream.NextInt(256);
            File.WriteAllBytes(files[which], damaged);
            try { DataSetReader.Read(new DataOptions { Path = folder.Path }); }
            catch (TinyNasException) { /* the other way it may end */ }
            File.WriteAllBytes(files[which], good[which]);
        }
    }

    private static void Pair(TemporaryFolder folder, string name, bool gzip, byte[] labels, int height, int width)
    {
        byte[] pixels = [.. Enumerable.Range(0, labels.Length * height * width).Select(i => (byte)i)];
        Save(folder[$"{name}-images-idx3-ubyte"], DataWriter.Idx(8, [labels.Length, height, width], pixels), gzip);
        Save(folder[$"{name}-labels-idx1-ubyte"], DataWriter.Idx(8, [labels.Length], labels), gzip);
    }

    private static void Save(string path, byte[] bytes, bool gzip) => File.WriteAllBytes(gzip ? path + ".gz" : path, gzip ? DataWriter.Gzip(bytes) : bytes);
}
