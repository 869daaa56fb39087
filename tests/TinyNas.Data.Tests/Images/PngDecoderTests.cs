using TinyNas.Model;

namespace TinyNas.Data.Tests;

[TestClass]
public class PngDecoderTests
{
    [TestMethod]
    public void EveryColourTypeDepthAndInterlacingGivesTheSamplesBack()
    {
        var stream = RandomStream.Create(1);
        foreach (var (type, depths) in new (int, int[])[] { (0, [1, 2, 4, 8, 16]), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16]) })
            foreach (int depth in depths)
                foreach (bool interlaced in new[] { false, true })
                    foreach (var (width, height) in new[] { (13, 11), (1, 1), (3, 9), (8, 8), (33, 2) })
                    {
                        int perPixel = type switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
                        var samples = new int[width * height * perPixel];
                        for (int i = 0; i < samples.Length; i++) samples[i] = stream.NextInt(1 << depth);
                        byte[]? palette = type == 3 ? [.. Enumerable.Range(0, 3 << depth).Select(i => (byte)(i * 37))] : null;
                        Image image = ImageDecoder.Decode(PngWriter.Encode(width, height, type, depth, samples, interlaced, palette), "a.png");
                        string what = $"type {type}, depth {depth}, interlaced {interlaced}, {width}x{height}";
                        Assert.AreEqual((width, height, type is 0 or 4 ? 1 : 3), (image.Width, image.Height, image.Channels), what);
                        CollectionAssert.AreEqual(Expected(samples, type, depth, palette), image.Pixels, what);
                    }
    }

    /// <summary>Nearest 8-bit level; alpha dropped; palette looked up.</summary>
    private static byte[] Expected(int[] samples, int type, int depth, byte[]? palette)
    {
        if (type == 3) return [.. samples.SelectMany(s => new[] { palette![3 * s], palette[3 * s + 1], palette[3 * s + 2] })];
        int perPixel = type switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        return [.. samples.Where((_, i) => type is 0 or 2 || i % perPixel != perPixel - 1).Select(s => (byte)Math.Floor(s * 255.0 / ((1 << depth) - 1) + 0.5))];
    }

    [TestMethod]
    public void DamageIsNamed()
    {
        byte[] good = PngWriter.Grey(9, 7, (x, y) => x * y);
        Reject("neither a PNG nor a JPEG", [1, 2, 3]);
        Reject("ends before its end chunk", good[..^12]);
        byte[] flipped = [.. good];
        flipped[good.AsSpan().IndexOf("IDAT"u8) + 6] ^= 1;
        Reject("the checksum of a chunk is wrong", flipped);
        Reject("its header asks for a format that PNG does not have", PngWriter.Encode(1, 1, 2, 8, [0, 0, 0]) is var odd ? WithHeaderByte(odd, 9, 5) : []);
        Reject("has no valid palette", PngWriter.Encode(1, 1, 3, 8, [0]));
        Reject("a pixel points beyond the palette", PngWriter.Encode(1, 1, 3, 8, [7], palette: new byte[6]));
    }

    [TestMethod]
    public void AFileThatClaimsMorePixelsThanItHoldsIsRefusedBeforeTheyAreAllocated()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Reject("shorter than its header says", WithSize(PngWriter.Grey(4, 4, (_, _) => 0), 8000, 8000));
        Reject("more than the 64 Mi", WithSize(PngWriter.Grey(4, 4, (_, _) => 0), 9000, 9000));
        Assert.IsLessThan(4L << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static byte[] WithSize(byte[] file, int width, int height) =>
        WithHeader(file, header => { System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(header, width); System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height); });

    private static byte[] WithHeaderByte(byte[] file, int index, byte value) => WithHeader(file, header => header[index] = value);

    private static byte[] WithHeader(byte[] file, Action<byte[]> change)
    {
        byte[] header = file[16..29];
        change(header);
        using var result = new MemoryStream();
        result.Write(file, 0, 8);
        PngWriter.Chunk(result, "IHDR", header);
        result.Write(file, 33, file.Length - 33);
        return result.ToArray();
    }

    private static void Reject(string reason, byte[] file)
    {
        var error = Assert.ThrowsExactly<TinyNasException>(() => ImageDecoder.Decode(file, "a.png"));
        Assert.AreEqual("TNAS0101", error.Diagnostic.Code);
        StringAssert.StartsWith(error.Message, "a.png: ");
        StringAssert.Contains(error.Message, reason);
    }
}
