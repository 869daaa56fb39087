using TinyNas.Model;

namespace TinyNas.Data.Tests;

[TestClass]
public class AugmentationTests
{
    private static readonly DataSet Images = NormaliserTests.Windows([0, 1], new Shape(4, 4, 1), bytes: true);
    private static readonly DataSet Windows = NormaliserTests.Windows([0, 1], new Shape(1, 20, 3), bytes: false);

    [TestMethod]
    public void DefaultsFollowTheKindOfSampleAndNeverFlip()
    {
        Assert.AreEqual(new Augmentation { Shift = 0.1, Contrast = 0.2 }, Augmentation.Default(Images));
        Assert.AreEqual(new Augmentation { Shift = 0.05, Scale = 0.1 }, Augmentation.Default(Windows));
        Assert.AreEqual(Augmentation.None, Augmentation.Default(NormaliserTests.Windows([0, 1], new Shape(1, 20, 1), bytes: false)));
    }

    [TestMethod]
    public void TheSettingNamesWhatIsOn()
    {
        Assert.AreEqual(Augmentation.None, Augmentation.Parse("none", Images));
        Assert.AreEqual(Augmentation.Default(Images), Augmentation.Parse("default", Images));
        Assert.AreEqual(new Augmentation { Flip = true, Shift = 0.1, Contrast = 0.25 }, Augmentation.Parse("flip, shift=0.1, contrast = 0.25", Images));
        Assert.AreEqual(
            new Augmentation { Rotation = 15, Crop = 0.2, CutOut = 0.3, TimeMask = 0.1, FrequencyMask = 0.2, MixUp = 0.4 },
            Augmentation.Parse("rotation=15,crop=0.2,cut-out=0.3,time-mask=0.1,frequency-mask=0.2,mix-up=0.4", Images));
        Assert.AreEqual(new Augmentation { Scale = 0.2, Jitter = 0.05 }, Augmentation.Parse("scale=0.2;jitter=0.05", Windows));
    }

    [TestMethod]
    [DataRow("blur=1")]
    [DataRow("flip=yes")]
    [DataRow("shift")]
    [DataRow("shift=0,1")]
    [DataRow("shift=0.6")]
    [DataRow("shift=-0.1")]
    [DataRow("shift=NaN")]
    [DataRow("contrast=lots")]
    [DataRow("flip,,shift=0.1")]
    [DataRow("jitter=0.1")]
    [DataRow("rotation=181")]
    [DataRow("cut-out=1")]
    [DataRow("mix-up=2")]
    public void NonsenseIsRefused(string text) =>
        Rejection.Expect(DiagnosticCatalogue.MalformedValue, "Augment", () => Augmentation.Parse(text, Images), text);

    [TestMethod]
    public void WindowsAreNotFlipped() =>
        Rejection.Expect(DiagnosticCatalogue.MalformedValue, "Augment", () => Augmentation.Parse("flip", Windows), "flip is not for windows");

    [TestMethod]
    public void WindowsAreNotTurned() =>
        Rejection.Expect(DiagnosticCatalogue.MalformedValue, "Augment", () => Augmentation.Parse("rotation=5", Windows), "rotation is not for windows");
}
