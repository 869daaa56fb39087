using TinyNas.Model;
using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp.Tests;

[TestClass]
public class TorchFaultTests
{
    [TestMethod]
    public void TooLittleMemoryIsADiagnostic()
    {
        // More than any machine has: libtorch's own allocator refuses it.
        TinyNasException problem = Assert.ThrowsExactly<TinyNasException>(() => TorchFault.Guard(() => zeros([1L << 50], float32)));
        Assert.AreEqual("TNAS0514", problem.Diagnostic.Code);
    }

    [TestMethod]
    [DataRow("cuda")]
    [DataRow("cuda:7")]
    public void AGpuThatIsNotThereIsADiagnosticThatNamesThePackage(string device)
    {
        if (device == "cuda" && cuda.is_available()) Assert.Inconclusive("this machine has a GPU that libtorch can use");
        TinyNasException problem = Assert.ThrowsExactly<TinyNasException>(() => new TorchSharpFactory().Create(device));
        Assert.AreEqual("TNAS0513", problem.Diagnostic.Code);
        Assert.AreEqual("TorchDevice", problem.Setting);
        StringAssert.Contains(problem.Diagnostic.Cure, "TorchSharp-cuda-linux");
    }

    [TestMethod]
    [DataRow("mps")]
    [DataRow("cuda:-1")]
    public void ADeviceThatCannotBeIsADiagnostic(string device) =>
        Assert.AreEqual("TNAS0002", Assert.ThrowsExactly<TinyNasException>(() => new TorchSharpFactory().Create(device)).Diagnostic.Code);

    [TestMethod]
    public void ALibraryOfAnotherVersionIsADiagnostic() =>
        Assert.AreEqual("TNAS0511", TorchFault.Translate(new EntryPointNotFoundException("Unable to find an entry point named 'THSTensor_new'"))!.Diagnostic.Code);

    [TestMethod]
    public void ADefectIsNoDiagnostic() => Assert.IsNull(TorchFault.Translate(new InvalidOperationException("shapes do not match")));
}
