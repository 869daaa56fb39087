using TinyNas.Model;

namespace TinyNas.Data.Tests;

[TestClass]
public class RecordingReaderTests
{
    [TestMethod]
    public void WindowsNeverSpanALabelChangeOrAFile()
    {
        using var folder = new TemporaryFolder();
        // Runs of 5, 4 and 2 rows, then of 3 rows in another file.
        Save(folder, "a.csv", "x,note,y,Label", [.. Enumerable.Range(0, 11).Select(i => $"{i},text,{i * 10},{(i < 5 ? "up" : i < 9 ? "down" : "up")}")]);
        Save(folder, "b.csv", "x,note,y,Label", [.. Enumerable.Range(100, 3).Select(i => $"{i},text,{i},down")]);
        DataSet data = Read(folder, window: 3, stride: 2);
        Assert.AreEqual(new Shape(1, 3, 2), data.Shape);
        CollectionAssert.AreEqual(new float[] { 0, 2, 5, 100 }, Enumerable.Range(0, data.Count).Select(i => data.Floats[i * 6]).ToArray());
        Assert.AreEqual("down up", string.Join(' ', data.Labels));
        CollectionAssert.AreEqual(new[] { 1, 1, 0, 0 }, data.Targets);
        CollectionAssert.AreEqual(new float[] { 2, 20, 3, 30, 4, 40 }, data.Floats[6..12]);
        // Pieces of a file belong together.
        CollectionAssert.AreEqual(new[] { 0, 0, 0, 1 }, data.Groups);
    }

    [TestMethod]
    public void ASingleFileIsGroupedByRunsAndAGroupColumnBeatsFiles()
    {
        using var folder = new TemporaryFolder();
        Save(folder, "a.csv", "who;x;label", [.. Enumerable.Range(0, 12).Select(i => $"{(i < 6 ? 1 : 2)};{i};{i / 3 % 2}")]);
        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3 }, Read(folder, 3).Groups);
        Assert.AreEqual(2, Read(folder, 3).Shape.Channels);
        DataSet grouped = DataSetReader.Read(new DataOptions { Path = folder["a.csv"], Window = 3, Group = "WHO" });
        CollectionAssert.AreEqual(new[] { 0, 0, 1, 1 }, grouped.Groups);
        Assert.AreEqual(1, grouped.Shape.Channels);
    }

    [TestMethod]
    public void OverlappingWindowsAndPiecesOfAFileStayOnOneSide()
    {
        using var folder = new TemporaryFolder();
        for (int f = 0; f < 10; f++) Save(folder, $"{f}.csv", "x,label", [.. Enumerable.Range(0, 40).Select(i => $"{i},{(i / 10 + f) % 2}")]);
        DataSet data = Read(folder, 4, 1);
        for (ulong seed = 0; seed < 20; seed++)
        {
            DataSplit split = Splitter.HoldOut(data, 0.3, seed);
            Assert.AreEqual(0, split.Train.Select(i => data.Groups![i]).Intersect(split.Validation.Select(i => data.Groups![i])).Count());
            Assert.AreEqual(0.3, split.Validation.Length / (double)data.Count, 0.01);
        }
    }

    [TestMethod]
    public void FoldersNameTheClassWhereNoColumnDoes()
    {
        using var folder = new TemporaryFolder();
        Save(folder, "wave/1.csv", "x", "1", "2");
        Save(folder, "still/1.csv", "x", "3", "4");
        // Without Window a file is a sample, as long as all have the same length.
        DataSet data = Read(folder);
        Assert.AreEqual(new Shape(1, 2, 1), data.Shape);
        Assert.AreEqual("still wave", string.Join(' ', data.Labels));
        CollectionAssert.AreEqual(new float[] { 3, 4, 1, 2 }, data.Floats);
        Save(folder, "wave/2.csv", "x", "1", "2", "3");
        Rejection.Expect(DiagnosticCatalogue.DataMixedShapes, "Data", () => Read(folder), "wave/2.csv", "1x3x1", "1x2x1");
        Assert.AreEqual(3, DataSetReader.Read(new DataOptions { Path = folder.Path, Input = new Shape(1, 2, 1) }).Count);
    }

    [TestMethod]
    public void DamageIsNamedWithItsLine()
    {
        using var folder = new TemporaryFolder();
        void Expect(Diagnostic diagnostic, string reason, string header, params string[] rows)
        {
            Save(folder, "a.csv", header, rows);
            Rejection.Expect(diagnostic, "Data", () => Read(folder, 1), reason);
        }
        Save(folder, "b.csv", "x,label", "1,a", "2,b");
        Expect(DiagnosticCatalogue.DataUnreadable, "a.csv: line 3, column 'x': no finite number", "x,label", "1,a", "NaN,a");
        Expect(DiagnosticCatalogue.DataUnreadable, "a.csv: line 2, column 'x': no finite number", "x,label", ",a", "1,a");
        Expect(DiagnosticCatalogue.DataUnreadable, "a.csv: line 3 has no label", "x,label", "1,a", "2,");
        Expect(DiagnosticCatalogue.DataUnreadable, "a.csv: has no column of numbers", "x,label", "p,a");
        Expect(DiagnosticCatalogue.DataUnreadable, "a.csv: has no column 'label' and stands in no class folder", "x,y", "1,2");
        Expect(DiagnosticCatalogue.DataUnreadable, "a.csv: ", "x,label", "1,a,7", "2,a");
        Expect(DiagnosticCatalogue.DataUnreadable, "b.csv: has the columns x, a.csv has z", "z,label", "1,a");
        Expect(DiagnosticCatalogue.DataMixedShapes, "b.csv: shape 1x1x1 differs from 1x1x2", "x,y,label", "1,2,a");
        Save(folder, "a.csv", "x,label", "1,a", "2,b");
        Rejection.Expect(DiagnosticCatalogue.DataEmpty, "Data", () => Read(folder, 5), folder.Path);
        Rejection.Expect(DiagnosticCatalogue.DataShapeMismatch, "Input", () => DataSetReader.Read(new DataOptions { Path = folder.Path, Input = new Shape(1, 1, 6) }), "1x1x1", "1x1x6");
        Rejection.Expect(DiagnosticCatalogue.MalformedValue, "Stride", () => Read(folder, 1, 0), "at least 1 row");
        Rejection.Expect(DiagnosticCatalogue.DataUnreadable, "Data", () => DataSetReader.Read(new DataOptions { Path = folder.Path, Label = "class", Window = 1 }), "a.csv: has no column 'class'");
        Rejection.Expect(DiagnosticCatalogue.DataUnreadable, "Data", () => DataSetReader.Read(new DataOptions { Path = folder.Path, Group = "who", Window = 1 }), "a.csv: has no column 'who'");
    }

    [TestMethod]
    public void AFileOfNoKnownKindIsNamed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.txt"], "x");
        Rejection.Expect(DiagnosticCatalogue.DataUnreadable, "Data", () => DataSetReader.Read(new DataOptions { Path = folder["a.txt"] }), "a.txt", "neither NPZ, IDX nor CSV");
    }

    [TestMethod]
    public void EveryDamageIsDataOrADiagnostic()
    {
        using var folder = new TemporaryFolder();
        byte[] good = System.Text.Encoding.UTF8.GetBytes("x,\"y\",label\n1,2,a\n-3.5e1,\"4\",b\n5,6,b\r\n");
        var stream = RandomStream.Create(4);
        for (int round = 0; round < 1500; round++)
        {
            byte[] damaged = round % 4 == 0 ? good[..stream.NextInt(good.Length)] : [.. good];
            for (int n = stream.NextInt(4); n > 0 && damaged.Length > 0; n--) damaged[stream.NextInt(damaged.Length)] = (byte)(n == 1 ? stream.NextInt(256) : "\",\n\r\0e-"[stream.NextInt(7)]);
            File.WriteAllBytes(folder["d.csv"], damaged);
            try { DataSetReader.Read(new DataOptions { Path = folder["d.csv"], Window = 1 }); }
            catch (TinyNasException) { /* the other way it may end */ }
        }
    }

    private static DataSet Read(TemporaryFolder folder, int? window = null, int? stride = null) =>
        DataSetReader.Read(new DataOptions { Path = folder.Path, Window = window, Stride = stride });

    private static void Save(TemporaryFolder folder, string relative, string header, params string[] rows)
    {
        string path = folder[relative.Split('/')];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, header + "\n" + string.Join('\n', rows) + "\n");
    }
}
