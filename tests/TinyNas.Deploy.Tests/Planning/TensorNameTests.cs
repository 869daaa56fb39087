namespace TinyNas.Deploy.Tests;

[TestClass]
public class TensorNameTests
{
    [TestMethod]
    [DataRow("conv_0", "conv_0")]
    [DataRow("", "")]
    [DataRow("/", "/")]
    [DataRow("a/b", "a/b")]
    [DataRow("model/activation_6/Relu;model/batch_normalization_6/FusedBatchNormV3;model/conv2d_3/Conv2D1", "activation_6/Relu")]
    [DataRow("ends;", "ends")]
    [DataRow(";", ";")]
    public void OnlyTheFirstNameAndItsInnermostScopeAreShown(string name, string expected) => Assert.AreEqual(expected, TensorName.Short(name));

    [TestMethod]
    public void ALongNameIsCut() => Assert.AreEqual(new string('x', 47) + "…", TensorName.Short(new string('x', 200)));
}
