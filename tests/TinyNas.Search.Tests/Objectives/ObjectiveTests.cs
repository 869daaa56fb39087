using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search.Tests;

[TestClass]
public sealed class ObjectiveTests
{
    private static readonly ImmutableSortedDictionary<string, double> Measured =
        TrialResult.NoScalars.Add(Scalars.Accuracy, 0.9).Add(Scalars.Macs, 1000).Add(Scalars.Ram, 2048).Add(Scalars.RamStack, 512).Add(Scalars.Agreement, 0.97);

    [TestMethod]
    [DataRow("accuracy", "accuracy", 0.9)]
    [DataRow("-macs", "-macs", -1000.0)]
    [DataRow("Accuracy - 0.1*macs/2k", "accuracy-5E-05*macs", 0.85)]
    [DataRow("0.5*accuracy+0.25*ram/2KiB-1e-3*MACS", "0.5*accuracy+0.0001220703125*ram-0.001*macs", -0.3)]
    public void ASumIsReadWeighedAndWrittenCanonically(string text, string canonical, double score)
    {
        Objective objective = Objective.Parse(text);
        Assert.AreEqual(canonical, objective.ToString());
        Assert.AreEqual(score, objective.Score(Measured), 1e-12);
        Assert.AreEqual(objective, Objective.Parse(canonical));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("accuracy macs")]
    [DataRow("accuracy +")]
    [DataRow("2accuracy")]
    [DataRow("beauty")]
    [DataRow("accuracy/0")]
    [DataRow("accuracy/20furlongs")]
    [DataRow("accuracy; macs")]
    public void WhatIsNoObjectiveIsADiagnostic(string text)
    {
        var problem = Assert.ThrowsExactly<TinyNasException>(() => Objective.Parse(text));
        Assert.AreEqual("TNAS0002", problem.Diagnostic.Code);
        Assert.AreEqual("Objective", problem.Setting);
    }

    [TestMethod]
    public void ThatOfAProjectThatSaysNothingIsTheAccuracy() => Assert.AreEqual(Objective.Accuracy, Objective.Parse("accuracy"));

    [TestMethod]
    [DataRow("agreement>=0.95", "agreement>=0.95", true)]
    [DataRow("agreement >= 0.98", "agreement>=0.98", false)]
    [DataRow("ram + ramStack <= 2560", "ram+ramStack<=2560", true)]
    [DataRow("ram+ramstack<=2KiB", "ram+ramStack<=2048", false)]
    [DataRow("macs<=1k", "macs<=1000", true)]
    public void ABoundIsReadAndTested(string text, string canonical, bool holds)
    {
        Constraint constraint = Constraint.Parse(text).Single();
        Assert.AreEqual(canonical, constraint.ToString());
        Assert.AreEqual(holds, constraint.Holds(Measured));
        Assert.AreEqual(holds, constraint.Excess(constraint.Value(Measured)) <= 1);
    }

    [TestMethod]
    public void BoundsStandBetweenSemicolons() =>
        Assert.AreEqual("agreement>=0.95 flash<=20480", string.Join(' ', Constraint.Parse("agreement>=0.95; flash<=20KiB;")));

    [TestMethod]
    [DataRow("agreement")]
    [DataRow("agreement=0.9")]
    [DataRow("agreement>0.9")]
    [DataRow("agreement>=much")]
    [DataRow("energy<=2")]
    [DataRow("macs<=0")]
    public void WhatIsNoBoundIsADiagnostic(string text)
    {
        var problem = Assert.ThrowsExactly<TinyNasException>(() => Constraint.Parse(text));
        Assert.AreEqual("TNAS0002", problem.Diagnostic.Code);
        Assert.AreEqual("Constraints", problem.Setting);
    }

    [TestMethod]
    public void ABrokenFloorSaysWhatThereIsAndWhatIsAskedFor() =>
        Assert.AreEqual("agreement: 0.9, at least 0.95 is asked for", new Violation(Constraint.Parse("agreement>=0.95").Single(), 0.9, "the training").ToString());
}
