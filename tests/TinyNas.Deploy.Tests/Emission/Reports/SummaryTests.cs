using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

[TestClass]
public class SummaryTests
{
    [TestMethod]
    public void TheSummaryHoldsFiguresBudgetsMetricsAndConfusion()
    {
        string[] lines = ReportSamples.File("summary.md", Networks.NanoNas(3, 2, 20), ReportSamples.Card(), new Budget(Ram: 40_960, Macs: 10_000_000)).Split('\n');
        Assert.AreEqual("## Net", lines[0]);
        Assert.IsTrue(lines.Any(l => l.StartsWith("| RAM of the C: static + stack |", StringComparison.Ordinal) && l.Contains("| 40,960 |") && l.EndsWith("% |", StringComparison.Ordinal)));
        CollectionAssert.Contains(lines, "| Accuracy on the validation side, int8 | 0.75 | | |");
        CollectionAssert.Contains(lines, "| true class | class 0 | class 1 |");
        CollectionAssert.Contains(lines, "|---|--:|--:|");
        CollectionAssert.Contains(lines, "| class 0 | 90 | 1 |");
    }

    [TestMethod]
    public void HostileTextNeitherEndsACellNorBecomesMarkup()
    {
        var (graph, card) = ReportSamples.OfHostileNames();
        string summary = ReportSamples.File("summary.md", graph, card with { Labels = [ReportSamples.Hostile, "line\nbreak"] });
        foreach (string mark in (string[])["<script", "`", "](", "@all", "line\nbreak"]) Assert.IsFalse(summary.Contains(mark), mark);
        foreach (string row in summary.Split('\n').Where(l => l.StartsWith("| true class", StringComparison.Ordinal) || l.StartsWith("| line", StringComparison.Ordinal)))
            Assert.HasCount(5, row.Split('|'), row);
    }
}
