using TinyNas.Model;

namespace TinyNas.Data.Tests;

[TestClass]
public class ResizerTests
{
    [TestMethod]
    public void ShrinkingAveragesExactlyTheCoveredArea()
    {
        Image image = Random(7, 5, 3, 1);
        Image small = Resizer.Resize(image, 3, 2);
        for (int y = 0; y < 2; y++)
            for (int x = 0; x < 3; x++)
                for (int c = 0; c < 3; c++)
                {
                    // In units of a third of a pixel across and half of one down every source pixel is whole squares.
                    int sum = 0;
                    for (int v = 0; v < 5; v++)
                        for (int u = 0; u < 7; u++)
                            sum += image.Pixels[((y * 5 + v) / 2 * 7 + (x * 7 + u) / 3) * 3 + c];
                    Assert.AreEqual((sum + 17) / 35, small.Pixels[(y * 3 + x) * 3 + c]);
                }
    }

    [TestMethod]
    public void EnlargingInterpolatesBetweenCentres()
    {
        var image = new Image(2, 1, 1, [0, 100]);
        CollectionAssert.AreEqual(new byte[] { 0, 25, 75, 100 }, Resizer.Resize(image, 4, 1).Pixels);
        CollectionAssert.AreEqual(new byte[] { 0, 100, 0, 100 }, Resizer.Resize(image, 2, 2).Pixels);
    }

    [TestMethod]
    public void AFlatImageStaysFlatAtAnySize()
    {
        var image = new Image(5, 4, 1, [.. Enumerable.Repeat((byte)201, 20)]);
        foreach (var (width, height) in new[] { (1, 1), (3, 9), (50, 2), (5, 3), (17, 19) })
            Assert.IsTrue(Resizer.Resize(image, width, height).Pixels.All(p => p == 201), $"{width}x{height}");
    }

    [TestMethod]
    public void ColourBecomesGreyByFixedWeightsAndBackByRepeating()
    {
        var image = new Image(2, 1, 3, [255, 255, 255, 10, 20, 30]);
        CollectionAssert.AreEqual(new byte[] { 255, (77 * 10 + 150 * 20 + 29 * 30 + 128) >> 8 }, image.WithChannels(1).Pixels);
        CollectionAssert.AreEqual(new byte[] { 7, 7, 7, 8, 8, 8 }, new Image(2, 1, 1, [7, 8]).WithChannels(3).Pixels);
        Image fitted = Resizer.Fit(Random(10, 8, 3, 2), new Shape(4, 5, 1));
        Assert.AreEqual((5, 4, 1), (fitted.Width, fitted.Height, fitted.Channels));
    }

    private static Image Random(int width, int height, int channels, ulong seed)
    {
        var stream = RandomStream.Create(seed);
        var pixels = new byte[width * height * channels];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)stream.NextInt(256);
        return new Image(width, height, channels, pixels);
    }
}
