using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Search.Tests;

[TestClass]
public sealed class IntegerSamplesTests
{
    [TestMethod]
    public void CameraBytesLose128()
    {
        var data = new DataSet
        {
            Shape = new Shape(1, 2, 2), ElementType = ElementType.UInt8, Bytes = [0, 1, 127, 128, 129, 200, 254, 255],
            Targets = [1, 0], Labels = ["a", "b"], ContentHash = "",
        };
        var samples = new IntegerSamples(data, [1, 0], InputEncoding.CameraBytes(2));
        Assert.AreEqual(2, samples.Count);
        CollectionAssert.AreEqual(new sbyte[] { 1, 72, 126, 127 }, Signed(samples[0]));
        CollectionAssert.AreEqual(new sbyte[] { -128, -127, -1, 0 }, Signed(samples[1]));
        Assert.AreEqual(0, samples.Target(0));
        Assert.AreEqual(1, samples.Target(1));
    }

    [TestMethod]
    public void FloatsAreQuantisedWithTheirChannelsOwnNumbers()
    {
        var data = new DataSet
        {
            Shape = new Shape(1, 2, 2), ElementType = ElementType.Float32, Floats = [10, 5, 12, -1000],
            Targets = [0], Labels = ["a", "b"], ContentHash = "",
        };
        var encoding = new InputEncoding(ElementType.Float32, [10, 1], [0.5f, 2], 0.1f, 3);
        CollectionAssert.AreEqual(new sbyte[] { 3, 83, 13, -128 }, Signed(new IntegerSamples(data, [0], encoding)[0]));
    }

    private static sbyte[] Signed(ReadOnlySpan<byte> bytes) => [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, sbyte>(bytes)];
}
