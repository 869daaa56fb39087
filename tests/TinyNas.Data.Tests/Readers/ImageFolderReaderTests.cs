using TinyNas.Model;

namespace TinyNas.Data.Tests;

[TestClass]
public class ImageFolderReaderTests
{
    [TestMethod]
    public void ClassesAreFoldersAndSamplesStandInOrdinalOrderOfTheirPaths()
    {
        using var folder = new TemporaryFolder();
        Save(folder, "b/2.PNG", PngWriter.Grey(2, 2, (_, _) => 3));
        Save(folder, "b/10.png", PngWriter.Grey(2, 2, (_, _) => 2));
        Save(folder, "a/deep/er/x.png", PngWriter.Grey(2, 2, (_, _) => 1));
        Save(folder, "a/.hidden.png", [1]);
        Save(folder, "a/notes.txt", [1]);
        DataSet data = Read(folder);
        Assert.AreEqual(new Shape(2, 2, 1), data.Shape);
        Assert.AreEqual("a b", string.Join(' ', data.Labels));
        CollectionAssert.AreEqual(new byte[] { 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3 }, data.Bytes);
        CollectionAssert.AreEqual(new[] { 0, 1, 1 }, data.Targets);
        CollectionAssert.AreEqual(new[] { folder["a", "deep", "er", "x.png"], folder["b", "10.png"], folder["b", "2.PNG"] }, data.Files.ToArray());
        Assert.IsNull(data.Groups);
    }

    [TestMethod]
    public void NumbersOrderClassesByValue()
    {
        using var folder = new TemporaryFolder();
        foreach (string label in new[] { "10", "9", "-1" }) Save(folder, label + "/x.png", PngWriter.Grey(1, 1, (_, _) => 0));
        Assert.AreEqual("-1 9 10", string.Join(' ', Read(folder).Labels));
    }

    [TestMethod]
    public void ManyThreadsGiveWhatOneImageAfterTheOtherGives()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 60; i++) Save(folder, $"{i % 3}/{i:D3}.png", PngWriter.Colour(20 + i % 5, 15, (x, y) => (x * i % 256, y * 9, (x + y) * 3)));
        var shape = new Shape(9, 11, 3);
        DataSet data = Read(folder, shape);
        byte[] single = [.. data.Files.SelectMany(f => Resizer.Fit(ImageDecoder.Decode(File.ReadAllBytes(f), f), shape).Pixels)];
        CollectionAssert.AreEqual(single, data.Bytes);
        Assert.AreEqual(data.ContentHash, Read(folder, shape).ContentHash);
    }

    [TestMethod]
    public void InputMixesGreyColourPngAndJpeg()
    {
        using var folder = new TemporaryFolder();
        Save(folder, "a/x.png", PngWriter.Grey(9, 9, (_, _) => 77));
        Save(folder, "b/y.jpg", JpegDecoderTests.Fixture("progressive420.jpg"));
        DataSet colour = Read(folder, new Shape(5, 4, 3)), grey = Read(folder, new Shape(5, 4, 1));
        Assert.IsTrue(colour.Bytes.Take(60).All(b => b == 77));
        Assert.AreEqual(2 * 20, grey.Bytes.Length);
    }

    [TestMethod]
    public void SamplesOfTwoShapesNeedInput()
    {
        using var folder = new TemporaryFolder();
        Save(folder, "a/x.png", PngWriter.Grey(9, 9, (_, _) => 0));
        Save(folder, "b/y.png", PngWriter.Grey(8, 9, (_, _) => 0));
        Rejection.Expect(DiagnosticCatalogue.DataMixedShapes, "Data", () => Read(folder), "b/y.png", "9x8x1", "9x9x1");
        Assert.AreEqual(2, Read(folder, new Shape(4, 4, 1)).Count);
    }

    [TestMethod]
    public void WhatIsWrongIsNamedBeforeAnythingIsTrained()
    {
        using var folder = new TemporaryFolder();
        Rejection.Expect(DiagnosticCatalogue.DataMissing, "Data", () => DataSetReader.Read(new DataOptions { Path = folder["nowhere"] }), "nowhere");
        Rejection.Expect(DiagnosticCatalogue.DataEmpty, "Data", () => Read(folder), folder.Path);
        Save(folder, "a/x.png", PngWriter.Grey(4, 4, (_, _) => 0));
        Rejection.Expect(DiagnosticCatalogue.DataSingleClass, "Data", () => Read(folder), folder.Path, "1 class");
        Directory.CreateDirectory(folder["b"]);
        Rejection.Expect(DiagnosticCatalogue.DataEmpty, "Data", () => Read(folder), "b: no samples");
        Save(folder, "b/z.png", [1, 2, 3]);
        Save(folder, "b/y.png", PngWriter.Grey(4, 4, (_, _) => 0)[..40]);
        Rejection.Expect(DiagnosticCatalogue.DataUnreadable, "Data", () => Read(folder), "b/y.png: ends before its end chunk");
        Save(folder, "b/q.gif", [1]);
        Rejection.Expect(DiagnosticCatalogue.DataUnreadable, "Data", () => Read(folder), "b/q.gif", "convert it");
        File.Delete(folder["b", "q.gif"]);
        Save(folder, "loose.png", [1]);
        Rejection.Expect(DiagnosticCatalogue.DataUnreadable, "Data", () => Read(folder), "loose.png: stands in no class folder");
    }

    [TestMethod]
    public void SettingsThatImagesDoNotUseAreNotIgnored()
    {
        using var folder = new TemporaryFolder();
        Save(folder, "a/x.png", PngWriter.Grey(4, 4, (_, _) => 0));
        Rejection.Expect(DiagnosticCatalogue.MalformedValue, "Window", () => DataSetReader.Read(new DataOptions { Path = folder.Path, Window = 4 }), "folders of images");
        Rejection.Expect(DiagnosticCatalogue.MalformedValue, "Input", () => Read(folder, new Shape(4, 4, 2)), "4x4x2");
        Rejection.Expect(DiagnosticCatalogue.MalformedValue, "Task", () => DataSetReader.Read(new DataOptions { Path = folder.Path, Task = "Regress" }), "Regress");
    }

    [TestMethod]
    public void ATestSetFollowsTheTrainingSet()
    {
        using var folder = new TemporaryFolder();
        foreach (string label in new[] { "cat", "dog" }) Save(folder, $"train/{label}/x.png", PngWriter.Grey(6, 6, (_, _) => 50));
        Save(folder, "test/dog/y.png", PngWriter.Colour(12, 12, (_, _) => (80, 80, 80)));
        DataSet train = DataSetReader.Read(new DataOptions { Path = folder["train"] });
        DataSet test = DataSetReader.Read(new DataOptions { Path = folder["test"] }, train);
        Assert.AreEqual(train.Shape, test.Shape);
        CollectionAssert.AreEqual(new[] { 1 }, test.Targets);
        Save(folder, "test/cow/y.png", PngWriter.Grey(6, 6, (_, _) => 0));
        Rejection.Expect(DiagnosticCatalogue.DataUnknownLabel, "TestData", () => DataSetReader.Read(new DataOptions { Path = folder["test"] }, train), "'cow'", "cat, dog");
        Rejection.Expect(DiagnosticCatalogue.DataOverlap, "TestData", () => DataSetReader.Read(new DataOptions { Path = folder["train"] }, train), "x.png");
    }

    internal static DataSet Read(TemporaryFolder folder, Shape? input = null) => DataSetReader.Read(new DataOptions { Path = folder.Path, Input = input });

    private static void Save(TemporaryFolder folder, string relative, byte[] bytes)
    {
        string path = folder[relative.Split('/')];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}
