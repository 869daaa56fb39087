using System.Diagnostics;
using TinyNas.Model;

namespace TinyNas.Data.Tests;

/// <summary>Damaged files end in an image or in a TNAS diagnostic: no other exception, no hang.</summary>
[TestClass]
public class ImageFuzzTests
{
    [TestMethod]
    [DataRow("baseline444.jpg")]
    [DataRow("baseline420.jpg")]
    [DataRow("progressive420.jpg")]
    [DataRow("restart420.jpg")]
    [DataRow("greyprogressive.jpg")]
    [DataRow("mixedsampling.jpg")]
    public void ADamagedJpegIsAnImageOrADiagnostic(string name) => Fuzz(JpegDecoderTests.Fixture(name), RandomStream.KeyOf(name), 1500, repair: null);

    [TestMethod]
    [DataRow(2, 8, false)]
    [DataRow(0, 1, true)]
    [DataRow(3, 4, true)]
    [DataRow(6, 16, false)]
    public void ADamagedPngIsAnImageOrADiagnostic(int type, int depth, bool interlaced)
    {
        int perPixel = type switch { 2 => 3, 6 => 4, _ => 1 };
        int[] samples = [.. Enumerable.Range(0, 20 * 15 * perPixel).Select(i => i * 7 % (1 << depth))];
        byte[] file = PngWriter.Encode(20, 15, type, depth, samples, interlaced, type == 3 ? new byte[48] : null);
        Fuzz(file, (ulong)type, 800, repair: null);
        // Damage behind a right checksum reaches the code that the checksum shields.
        Fuzz(file, (ulong)type + 100, 800, RepairChecksums);
    }

    private static void Fuzz(byte[] file, ulong key, int rounds, Action<byte[]>? repair)
    {
        var stream = RandomStream.Create(11, key);
        var clock = Stopwatch.StartNew();
        int images = 0, refused = 0;
        for (int round = 0; round < rounds; round++)
        {
            byte[] damaged = Damage(file, ref stream);
            repair?.Invoke(damaged);
            try
            {
                Image image = ImageDecoder.Decode(damaged, "x");
                Assert.AreEqual(image.Width * image.Height * image.Channels, image.Pixels.Length);
                images++;
            }
            catch (TinyNasException e)
            {
                Assert.AreEqual("TNAS0101", e.Diagnostic.Code);
                refused++;
            }
        }
        Assert.IsTrue(refused > 0, $"{images} images, {refused} refused");
        Assert.IsLessThan(TimeSpan.FromSeconds(60), clock.Elapsed);
    }

    private static byte[] Damage(byte[] file, ref RandomStream stream)
    {
        byte[] damaged = stream.NextInt(5) == 0 ? file[..stream.NextInt(file.Length)] : [.. file];
        for (int n = 1 + stream.NextInt(4); n > 0 && damaged.Length > 0; n--)
        {
            int at = stream.NextInt(damaged.Length);
            switch (stream.NextInt(4))
            {
                case 0: damaged[at] ^= (byte)(1 << stream.NextInt(8)); break;
                case 1: damaged[at] = (byte)stream.NextInt(256); break;
                case 2: damaged[at] = stream.NextInt(2) == 0 ? (byte)0 : (byte)0xFF; break;
                default:
                    int length = Math.Min(stream.NextInt(20), damaged.Length - at);
                    damaged.AsSpan(stream.NextInt(damaged.Length - length + 1), length).CopyTo(damaged.AsSpan(at));
                    break;
            }
        }
        return damaged;
    }

    private static void RepairChecksums(byte[] file)
    {
        for (int at = 8; at + 12 <= file.Length;)
        {
            uint length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12) return;
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), Crc32.Of(file.AsSpan(at + 4, 4 + (int)length)));
            at += 12 + (int)length;
        }
    }
}
