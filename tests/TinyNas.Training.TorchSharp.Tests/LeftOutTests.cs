namespace TinyNas.Training.TorchSharp.Tests;

[TestClass]
public class LeftOutTests
{
    [TestMethod]
    public void TheTorchSharpTrainerIsTested() =>
        Assert.Inconclusive("needs the property WithTorchSharp=true and a package source that serves TorchSharp and TorchSharp-cpu");
}
