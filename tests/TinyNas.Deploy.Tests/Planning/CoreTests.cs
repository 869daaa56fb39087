namespace TinyNas.Deploy.Tests;

[TestClass]
public class CoreTests
{
    [TestMethod]
    [DataRow("cortex-m0+", false)]
    [DataRow("cortex-m3", false)]
    [DataRow("cortex-m4", true)]
    [DataRow("Cortex-M33", true)]
    [DataRow("cortex-m85", true)]
    [DataRow("avr", false)]
    [DataRow("riscv32", false)]
    [DataRow("xtensa", false)]
    public void OnlyCoresOfArmWithTheExtensionHaveItsFigures(string core, bool dsp) => Assert.AreEqual(dsp, CodeSizes.HasDsp(core));
}
