using System.Runtime.InteropServices;
using TinyNas.Model;

namespace TinyNas.Data.Tests;

[TestClass]
public class NpzReaderTests
{
    [TestMethod]
    public void WindowsClassesAndSubjectsAreRead()
    {
        using var folder = new TemporaryFolder();
        DataWriter.Npz(folder["d.npz"], ("X", DataWriter.Floats([3, 2, 2], [.. Enumerable.Range(0, 12).Select(i => i / 4f)])), ("y", DataWriter.Longs(1, 0, 1)),
            ("classes", DataWriter.Texts("walk", "Gehen ü")), ("subject", DataWriter.Longs(9, 4, 9)), ("other", DataWriter.Texts("x")));
        DataSet data = Read(folder);
        Assert.AreEqual(new Shape(1, 2, 2), data.Shape);
        // The order that the data declare, not that of the alphabet.
        Assert.AreEqual("walk, Gehen ü", string.Join(", ", data.Labels));
        CollectionAssert.AreEqual(new[] { 1, 0, 1 }, data.Targets);
        CollectionAssert.AreEqual(new[] { 0, 1, 0 }, data.Groups);
        Assert.AreEqual(2.75f, data.Floats[11]);
    }

    [TestMethod]
    public void EveryNumberTypeAndOrderGivesTheSameValues()
    {
        using var folder = new TemporaryFolder();
        int[] values = [1, 2, 3, 4, 5, 6];
        byte[] reference = DataWriter.Floats([3, 2], 1, 2, 3, 4, 5, 6);
        (string Descr, byte[] Bytes)[] kinds =
        [
            ("<f8", MemoryMarshal.AsBytes<double>([.. values.Select(v => (double)v)]).ToArray()),
            (">f8", [.. values.SelectMany(v => BitConverter.GetBytes((double)v).Reverse())]),
            (">f4", [.. values.SelectMany(v => BitConverter.GetBytes((float)v).Reverse())]),
            ("<i2", [.. values.SelectMany(v => BitConverter.GetBytes((short)v))]), (">u2", [.. values.SelectMany(v => BitConverter.GetBytes((ushort)v).Reverse())]),
            ("<i4", [.. values.SelectMany(BitConverter.GetBytes)]), ("<u4", [.. values.SelectMany(BitConverter.GetBytes)]),
            ("<i8", [.. values.SelectMany(v => BitConverter.GetBytes((long)v))]), ("<u8", [.. values.SelectMany(v => BitConverter.GetBytes((ulong)v))]),
            ("|i1", [.. values.Select(v => (byte)v)]),
        ];
        DataWriter.Npz(folder["d.npz"], ("X", reference), ("y", DataWriter.Longs(0, 1, 0)));
        DataSet expected = Read(folder);
        Assert.AreEqual(new Shape(1, 2, 1), expected.Shape);
        foreach (var (descr, bytes) in kinds)
        {
            DataWriter.Npz(folder["d.npz"], ("X", DataWriter.Npy(descr, [3, 2], bytes)), ("y", DataWriter.Longs(0, 1, 0)));
            Assert.AreEqual(expected.ContentHash, Read(folder).ContentHash, descr);
        }
        byte[] columns = MemoryMarshal.AsBytes<float>([1, 3, 5, 2, 4, 6]).ToArray();
        DataWriter.Npz(folder["d.npz"], ("X", DataWriter.Npy("<f4", [3, 2], columns, fortran: true)), ("y", DataWriter.Longs(0, 1, 0)));
        Assert.AreEqual(expected.ContentHash, Read(folder).ContentHash, "Fortran order");
    }

    [TestMethod]
    public void ByteArraysAreImagesAndInputReshapesNumbers()
    {
        using var folder = new TemporaryFolder();
        DataWriter.Npz(folder["d.npz"], ("X", DataWriter.Npy("|u1", [2, 2, 3], [.. Enumerable.Range(0, 12).Select(i => (byte)i)])), ("y", DataWriter.Texts("no", "yes")));
        DataSet images = Read(folder);
        Assert.AreEqual((new Shape(2, 3, 1), ElementType.UInt8), (images.Shape, images.ElementType));
        Assert.AreEqual("no yes", string.Join(' ', images.Labels));
        DataWriter.Npz(folder["d.npz"], ("X", DataWriter.Floats([2, 2, 3], new float[12])), ("y", DataWriter.Longs(0, 1)));
        Assert.AreEqual(new Shape(1, 2, 3), Read(folder).Shape);
        Assert.AreEqual(new Shape(2, 3, 1), Read(folder, new Shape(2, 3, 1)).Shape);
        Rejection.Expect(DiagnosticCatalogue.DataShapeMismatch, "Input", () => Read(folder, new Shape(1, 4, 3)), "1x2x3", "1x4x3");
        DataWriter.Npz(folder["d.npz"], ("X", DataWriter.Floats([2, 2, 3, 3], new float[36])), ("y", DataWriter.Longs(0, 1)));
        Assert.AreEqual(new Shape(2, 3, 3), Read(folder).Shape);
    }

    [TestMethod]
    public void NamedArraysReplaceTheUsualOnes()
    {
        using var folder = new TemporaryFolder();
        DataWriter.Npz(folder["d.npz"], ("X", DataWriter.Floats([2, 1], 1, 2)), ("y", DataWriter.Longs(0, 0)), ("target", DataWriter.Longs(5, 6)), ("person", DataWriter.Texts("a", "b")));
        DataSet data = DataSetReader.Read(new DataOptions { Path = folder["d.npz"], Label = "target", Group = "person" });
        Assert.AreEqual("5 6", string.Join(' ', data.Labels));
        CollectionAssert.AreEqual(new[] { 0, 1 }, data.Groups);
    }

    [TestMethod]
    public void DamageIsNamed()
    {
        using var folder = new TemporaryFolder();
        byte[] x = DataWriter.Floats([2, 1], 1, 2), y = DataWriter.Longs(0, 1);
        void Expect(string reason, params (string, byte[])[] arrays)
        {
            DataWriter.Npz(folder["d.npz"], arrays);
            Rejection.Expect(DiagnosticCatalogue.DataUnreadable, "Data", () => Read(folder), "d.npz: ", reason);
        }
        Expect("has no array 'X'", ("y", y));
        Expect("has no array 'y'", ("X", x));
        Expect("2 samples and 3 labels", ("X", x), ("y", DataWriter.Longs(0, 1, 2)));
        Expect("2 samples and 1 groups", ("X", x), ("y", y), ("group", DataWriter.Longs(1)));
        Expect("label 2 is no index into 2 classes", ("X", x), ("y", DataWriter.Longs(0, 2)), ("classes", DataWriter.Texts("a", "b")));
        Expect("names a class twice", ("X", x), ("y", y), ("classes", DataWriter.Texts("a", "a")));
        Expect("pickled objects are not read", ("X", DataWriter.Npy("|O", [2, 1], new byte[16])), ("y", y));
        Expect("sample 1 holds a value that is not finite", ("X", DataWriter.Floats([2, 1], 1, float.NaN)), ("y", y));
        Expect("its shape needs 4000", ("X", DataWriter.Npy("<f4", [1000, 1], new byte[8])), ("y", y));
        Expect("too large for memory", ("X", DataWriter.Npy("<f4", [1000000, 1000000], new byte[8])), ("y", y));
        Expect("is no whole number", ("X", x), ("y", DataWriter.Floats([2], 0, 0.5f)));
        Expect("not an .npy array", ("X", new byte[50]), ("y", y));
        File.WriteAllBytes(folder["d.npz"], [1, 2, 3]);
        Rejection.Expect(DiagnosticCatalogue.DataUnreadable, "Data", () => Read(folder), "d.npz: ");
    }

    [TestMethod]
    public void ATestSetOfAnotherShapeIsRefused()
    {
        using var folder = new TemporaryFolder();
        DataWriter.Npz(folder["d.npz"], ("X", DataWriter.Floats([2, 2, 3], new float[12])), ("y", DataWriter.Longs(0, 1)));
        DataSet train = Read(folder);
        DataWriter.Npz(folder["t.npz"], ("X", DataWriter.Floats([1, 3, 3], new float[9])), ("y", DataWriter.Longs(0)));
        Rejection.Expect(DiagnosticCatalogue.DataShapeMismatch, "TestData", () => DataSetReader.Read(new DataOptions { Path = folder["t.npz"] }, train), "1x3x3", "1x2x3");
        DataWriter.Npz(folder["t.npz"], ("X", DataWriter.Npy("|u1", [1, 1, 2, 3], new byte[6])), ("y", DataWriter.Longs(0)));
        Rejection.Expect(DiagnosticCatalogue.DataShapeMismatch, "TestData", () => DataSetReader.Read(new DataOptions { Path = folder["t.npz"] }, train), "UInt8", "Float32");
    }

    [TestMethod]
    public void EverySingleByteOfDamageIsDataOrADiagnostic()
    {
        using var folder = new TemporaryFolder();
        DataWriter.Npz(folder["d.npz"], ("X", DataWriter.Floats([2, 1], 1, 2)), ("y", DataWriter.Longs(0, 1)), ("classes", DataWriter.Texts("a", "b")));
        byte[] good = File.ReadAllBytes(folder["d.npz"]);
        var stream = RandomStream.Create(3);
        for (int round = 0; round < 1500; round++)
        {
            byte[] damaged = round % 4 == 0 ? good[..stream.NextInt(good.Length)] : [.. good];
            for (int n = 0; n < 2 && damaged.Length > 0; n++) damaged[stream.NextInt(damaged.Length)] = (byte)stream.NextInt(256);
            File.WriteAllBytes(folder["d.npz"], damaged);
            try { Read(folder); }
            catch (TinyNasException) { /* the other way it may end */ }
        }
    }

    private static DataSet Read(TemporaryFolder folder, Shape? input = null) => DataSetReader.Read(new DataOptions { Path = folder["d.npz"], Input = input });
}
