using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

[TestClass]
public class NamingTests
{
    [TestMethod]
    [DataRow("Gesture", "gesture", "Gesture")]
    [DataRow("KeyWordSpotter", "key_word_spotter", "KeyWordSpotter")]
    [DataRow("HTTPServer2Net", "http_server2_net", "HTTPServer2Net")]
    [DataRow("sign digits-v2", "sign_digits_v2", "SignDigitsV2")]
    [DataRow("3d scan", "model_3d_scan", "_3dScan")]
    [DataRow("string", "model_string", "String")]
    [DataRow("já ok", "j_ok", "JOk")]
    [DataRow("__x__", "x", "__x__")]
    public void NamesFollowTheRule(string include, string snake, string @class)
    {
        ModelNames names = Naming.Of(include);
        Assert.AreEqual(snake, names.Snake);
        Assert.AreEqual(snake.ToUpperInvariant(), names.Capitals);
        Assert.AreEqual(@class, names.Class);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("///")]
    [DataRow("漢字")]
    public void ANameWithoutLettersIsADiagnostic(string include) =>
        Assert.AreEqual("TNAS0310", Assert.ThrowsExactly<TinyNasException>(() => Naming.Of(include)).Diagnostic.Code);

    [TestMethod]
    public void TwoModelsOfOneNameAreADiagnostic() =>
        Assert.AreEqual("TNAS0311", Assert.ThrowsExactly<TinyNasException>(() => Naming.OfAll(["WakeWord", "wake-word"])).Diagnostic.Code);

    [TestMethod]
    public void KeywordsAndNamesWithPunctuationAreNoIdentifiers()
    {
        Assert.IsTrue(Identifiers.IsCSharp("Gesture_2"));
        foreach (string text in (string[])["class", "a-b", "2a", "_", ""]) Assert.IsFalse(Identifiers.IsCSharp(text), text);
    }
}
