using TinyNas.Model;

namespace TinyNas.Search.Tests;

[TestClass]
public sealed class FeasibilityCheckTests
{
    private static FeasibilityCheck Check(Budget budget, bool emitsC = true) =>
        new(new NanoNasSpace(), new Shape(50, 50, 3), 2, budget, BudgetConstraints.Of(budget, emitsC), "cortex-m4");

    [TestMethod]
    public void TheFiguresAreKnownWithoutTraining()
    {
        Feasibility known = Check(Budget.Unlimited).Check(NanoNasSpace.At(4, 5));
        Assert.IsTrue(known.Holds);
        Assert.AreEqual(656_336, known.Figures[Scalars.Macs]);
        foreach (string figure in (string[])[Scalars.Ram, Scalars.RamStack, Scalars.RamTflm, Scalars.Flash, Scalars.FlashTflm, Scalars.Constants])
            Assert.IsGreaterThan(0, known.Figures[figure], figure);
    }

    [TestMethod]
    [DataRow(4, 3, true)]
    [DataRow(4, 4, true)]
    [DataRow(5, 3, false)]
    public void AMacBudgetIsExact(int k, int c, bool fits) => Assert.AreEqual(fits, Check(new Budget(Macs: 653_425)).Fits(NanoNasSpace.At(k, c)));

    [TestMethod]
    public void RamBindsStaticDataAndStackTogetherToTheByte()
    {
        Feasibility known = Check(Budget.Unlimited).Check(NanoNasSpace.At(4, 3));
        long need = (long)(known.Figures[Scalars.Ram] + known.Figures[Scalars.RamStack]);
        Assert.IsTrue(Check(new Budget(Ram: need)).Fits(NanoNasSpace.At(4, 3)));
        Assert.IsFalse(Check(new Budget(Ram: need - 1)).Fits(NanoNasSpace.At(4, 3)));
    }

    [TestMethod]
    public void WhereOnlyTflmIsWantedItsArenaAndCodeBind()
    {
        Feasibility known = Check(Budget.Unlimited).Check(NanoNasSpace.At(4, 3));
        long ram = (long)known.Figures[Scalars.RamTflm], flash = (long)known.Figures[Scalars.FlashTflm];
        Assert.IsTrue(Check(new Budget(Ram: ram, Flash: flash), emitsC: false).Fits(NanoNasSpace.At(4, 3)));
        Assert.IsFalse(Check(new Budget(Ram: ram - 1, Flash: flash), emitsC: false).Fits(NanoNasSpace.At(4, 3)));
        Assert.IsFalse(Check(new Budget(Ram: ram, Flash: flash - 1), emitsC: false).Fits(NanoNasSpace.At(4, 3)));
    }

    [TestMethod]
    [DataRow("Ram", "RAM", 5000L, null, null)]
    [DataRow("Flash", "flash", null, 200L, null)]
    [DataRow("Macs", "MACs", null, null, 60_000L)]
    public void ABudgetBelowTheSmallestNetworkIsADiagnosticWithFigureLimitAndOperator(string setting, string figure, long? ram, long? flash, long? macs)
    {
        var problem = Assert.ThrowsExactly<TinyNasException>(() => Check(new Budget(ram, flash, macs)).RequireAny());
        Assert.AreEqual("TNAS0201", problem.Diagnostic.Code);
        Assert.AreEqual(setting, problem.Setting);
        StringAssert.Contains(problem.Message, figure);
        StringAssert.Contains(problem.Message, $"{ram ?? flash ?? macs}");
        StringAssert.Contains(problem.Message, "CONV_2D");
    }

    [TestMethod]
    public void WhetherAnythingFitsIsDecidedByTheNetworkThatNeedsTheLeastAtWhateverDepth()
    {
        double least = new NanoNasSpace().Frugal.Select(c => Check(Budget.Unlimited).Check(c)).Where(f => f.Network is not null)
            .Min(f => f.Figures[Scalars.Ram] + f.Figures[Scalars.RamStack]);
        Check(new Budget(Ram: (long)least)).RequireAny();
        Assert.ThrowsExactly<TinyNasException>(() => Check(new Budget(Ram: (long)least - 1)).RequireAny());
    }

    [TestMethod]
    public void AnInfeasibleConfigurationSaysWhichLimitByHowMuch()
    {
        Feasibility known = Check(new Budget(Macs: 100_000)).Check(NanoNasSpace.At(3, 3));
        Assert.IsFalse(known.Holds);
        StringAssert.Contains(known.Reason, "MACs: needs 408750 of 100000");
        Assert.AreEqual("structurally impossible for this input", Check(Budget.Unlimited).Check(NanoNasSpace.At(3, 6)).Reason);
    }
}
