using TinyNas.Model;

namespace TinyNas.Data.Tests;

internal static class Rejection
{
    /// <summary>Reading must end in this diagnostic, on this setting, with these words in its message.</summary>
    public static void Expect(Diagnostic diagnostic, string setting, Action read, params string[] words)
    {
        var error = Assert.ThrowsExactly<TinyNasException>(read);
        Assert.AreEqual(diagnostic.Code, error.Diagnostic.Code, error.Message);
        Assert.AreEqual(setting, error.Setting);
        foreach (string word in words) StringAssert.Contains(error.Message, word);
    }
}
