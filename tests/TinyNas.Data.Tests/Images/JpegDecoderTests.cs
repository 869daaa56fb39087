using System.Security.Cryptography;
using TinyNas.Model;

namespace TinyNas.Data.Tests;

/// <summary>
/// Fixtures are of the picture that <see cref="Picture"/> computes: cjpeg (libjpeg-turbo 2.1.5) at quality 90; jpegtran for
/// the ones that are coded in another way with the same coefficients; djpeg -dct int for the .ppm.
/// </summary>
[TestClass]
public class JpegDecoderTests
{
    private const int Width = 35, Height = 27;

    public static byte[] Fixture(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "TinyNas.Data.Tests", "Fixtures", name));

    private static Image Decode(string name) => ImageDecoder.Decode(Fixture(name), name);

    private static int[] Picture(int x, int y) =>
        [x * 255 / (Width - 1), y * 255 / (Height - 1), (x - 17) * (x - 17) + (y - 13) * (y - 13) < 100 ? 200 : 40];

    [TestMethod]
    [DataRow("progressive420.jpg")]
    [DataRow("restart420.jpg")]
    public void TheSameCoefficientsGiveTheSamePixelsHoweverTheyAreCoded(string name) =>
        CollectionAssert.AreEqual(Decode("baseline420.jpg").Pixels, Decode(name).Pixels);

    [TestMethod]
    public void AProgressiveGreyFileWithRestartsEqualsTheBaselineOne()
    {
        Image grey = Decode("grey.jpg"), progressive = Decode("greyprogressive.jpg");
        Assert.AreEqual(1, grey.Channels);
        CollectionAssert.AreEqual(grey.Pixels, progressive.Pixels);
    }

    [TestMethod]
    public void AnotherDecoderDiffersByNoMoreThanRounding()
    {
        byte[] reference = Fixture("baseline420.ppm")[^(Width * Height * 3)..];
        byte[] pixels = Decode("baseline420.jpg").Pixels;
        // A chroma sample one level off is up to 1.77 levels of blue, and rounds once more.
        Assert.IsLessThanOrEqualTo(3, pixels.Zip(reference, (a, b) => Math.Abs(a - b)).Max());
        Assert.IsLessThan(0.2, pixels.Zip(reference, (a, b) => Math.Abs(a - b)).Average());
    }

    [TestMethod]
    [DataRow("baseline444.jpg", 4.671)]
    [DataRow("baseline420.jpg", 11.474)]
    [DataRow("mixedsampling.jpg", 9.323)]
    public void ThePictureComesBackAsWellAsFromAnotherDecoder(string name, double rootMeanSquareOfDjpeg)
    {
        Image image = Decode(name);
        Assert.AreEqual((Width, Height, 3), (image.Width, image.Height, image.Channels));
        double sum = 0;
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            double difference = image.Pixels[i] - Picture(i / 3 % Width, i / 3 / Width)[i % 3];
            sum += difference * difference;
        }
        Assert.AreEqual(rootMeanSquareOfDjpeg, Math.Sqrt(sum / image.Pixels.Length), 0.02);
    }

    [TestMethod]
    public void PixelsArePinnedToTheLastBit()
    {
        Assert.AreEqual("204b15aab198d978", Convert.ToHexStringLower(SHA256.HashData(Decode("baseline420.jpg").Pixels))[..16]);
        Assert.AreEqual("eaa11ffe7af74a46", Convert.ToHexStringLower(SHA256.HashData(Decode("mixedsampling.jpg").Pixels))[..16]);
    }

    [TestMethod]
    public void ModesThatAreNotReadAreNamed()
    {
        Reject("arithmetic coding is not read", Fixture("arithmetic420.jpg"));
        byte[] file = Fixture("baseline444.jpg");
        int frame = file.AsSpan().IndexOf<byte>([0xFF, 0xC0, 0x00]);
        Reject("lossless coding is not read", With(file, frame + 1, 0xC3));
        Reject("hierarchical coding is not read", With(file, frame + 1, 0xC5));
        Reject("12-bit samples are not read", With(file, frame + 4, 12));
        Reject("65307x8987 pixels are more than", With(With(file, frame + 7, 0xFF), frame + 5, 0x23) is var large ? With(With(large, frame + 8, 0x1B), frame + 6, 0x1B) : []);
        Reject("is too short for its size", With(file, frame + 7, 0x2F));
        Reject("ends before its end marker", file[..^2]);
        Reject("too early", [.. file[..^200], 0xFF, 0xD9]);
    }

    [TestMethod]
    public void FourComponentsAreRefused() =>
        Reject("4 components", [0xFF, 0xD8, 0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4, 1, 17, 0, 2, 17, 0, 3, 17, 0, 4, 17, 0, 0xFF, 0xD9]);

    private static byte[] With(byte[] file, int index, int value)
    {
        byte[] changed = [.. file];
        changed[index] = (byte)value;
        return changed;
    }

    private static void Reject(string reason, byte[] file)
    {
        var error = Assert.ThrowsExactly<TinyNasException>(() => ImageDecoder.Decode(file, "a.jpg"));
        Assert.AreEqual("TNAS0101", error.Diagnostic.Code);
        StringAssert.Contains(error.Message, reason);
    }
}
