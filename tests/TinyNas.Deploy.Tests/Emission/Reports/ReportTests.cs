using System.Text.RegularExpressions;
using System.Xml.Linq;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

[TestClass]
public class ReportTests
{
    [TestMethod]
    public void ThePageShowsBudgetMemorySearchAndConfusion()
    {
        string page = ReportSamples.File("report.html", Networks.NanoNas(3, 2, 20), ReportSamples.Card(), new Budget(Ram: 40_960));
        Assert.HasCount(5, page.Split("class=\"chart\""), "memory map, trace, score against RAM and against MACs; no trial has a flash figure");
        StringAssert.Contains(page, "of 40,960 bytes");
        StringAssert.Contains(page, "(3,2): 0.75 at 1,000 bytes of RAM");
        StringAssert.Contains(page, "class=\"count right\"");
        StringAssert.Contains(page, "ownFigure");
        StringAssert.Contains(page, "fused");
    }

    [TestMethod]
    public void TheNoiseOfInt8StandsBesideItsOperator()
    {
        Graph graph = Networks.NanoNas(3, 2, 20);
        string name = graph.Tensors[graph.Operators[1].Outputs[0]].Name;
        string without = ReportSamples.File("report.html", graph, ReportSamples.Card());
        string with = ReportSamples.File("report.html", graph, ReportSamples.Card() with { Noise = [new TensorNoise(name, 31.25)] });
        Assert.IsFalse(without.Contains("signal to noise", StringComparison.Ordinal));
        StringAssert.Contains(with, "signal to noise, dB");
        Assert.HasCount(2, with.Split("<td class=\"number\">31.3</td>"), "one operator was measured");
    }

    [TestMethod]
    public void OnlyTheFrontIsJoinedAndStopsTheTabulator()
    {
        string page = ReportSamples.File("report.html", Networks.NanoNas(3, 2, 20), ReportSamples.Card());
        string macs = page[page.IndexOf("Score against multiply-accumulates", StringComparison.Ordinal)..];
        Assert.HasCount(3, macs.Split("tabindex=\"0\" role=\"img\""), "two of three trained networks are on the front");
        Assert.HasCount(3, macs.Split("class=\"front\""), "one step of two lines");
    }

    [TestMethod]
    public void NothingOnThePageComesFromAnywhereElse()
    {
        string page = ReportSamples.File("report.html", Networks.NanoNas(3, 2, 20), ReportSamples.Card());
        Assert.IsFalse(Regex.IsMatch(page, "https?:|//[a-z]|url\\(|@import|<script|<iframe| src=", RegexOptions.IgnoreCase));
    }

    [TestMethod]
    public void HostileTextStaysText()
    {
        var (graph, card) = ReportSamples.OfHostileNames();
        string page = ReportSamples.File("report.html", graph, card);
        Assert.IsFalse(page.Contains("<script", StringComparison.OrdinalIgnoreCase));
        StringAssert.Contains(page, "&lt;script");
    }

    [TestMethod]
    public void ThePageIsWellFormed()
    {
        var (graph, card) = ReportSamples.OfHostileNames();
        string page = ReportSamples.File("report.html", graph, card);
        // As XML, once the void elements of HTML are closed.
        string body = Regex.Replace(page[page.IndexOf("<html", StringComparison.Ordinal)..], "<(meta|link)([^>]*)>", "<$1$2/>");
        XElement html = XElement.Parse(body);
        var ids = html.Descendants().Attributes("id").Select(a => a.Value).ToArray();
        CollectionAssert.AllItemsAreUnique(ids);
        foreach (string target in html.Descendants().Attributes("href").Select(a => a.Value).Where(v => v.StartsWith('#'))) CollectionAssert.Contains(ids, target[1..]);
        foreach (string target in html.Descendants().Attributes("aria-labelledby").Select(a => a.Value)) CollectionAssert.Contains(ids, target);
    }

    [TestMethod]
    public void AModelThatWasBroughtAlongHasAPageWithoutSearch()
    {
        string page = ReportSamples.File("report.html", Networks.Random(1), new ModelCard("Net"));
        Assert.IsFalse(page.Contains("id=\"search\"") || page.Contains("id=\"confusion\"") || page.Contains("id=\"metrics\""));
        StringAssert.Contains(page, "id=\"memory\"");
    }

    [TestMethod]
    public void WithTflmAloneTheBudgetStandsAtItsFigures()
    {
        string page = ReportSamples.File("report.html", Networks.NanoNas(3, 2, 20), new ModelCard("Net"), new Budget(Ram: 400_000), RuntimeKind.Tflm);
        Assert.IsTrue(Regex.IsMatch(page, "TensorFlow Lite Micro: arena</span><span class=\"number\">[0-9,]+ of 400,000 bytes"), page);
        Assert.IsFalse(page.Contains("Flash of the C"));
    }

    [TestMethod]
    [DataRow(0, 144, "0 50 100")]
    [DataRow(0.36, 0.96, "0.4 0.6 0.8")]
    [DataRow(0, 8_000_000, "0 2M 4M 6M 8M")]
    [DataRow(-0.2, 0.2, "-0.2 -0.1 0 0.1 0.2")]
    [DataRow(0.9409, 0.9413, "0.9409 0.941 0.9411 0.9412 0.9413")]
    public void TicksAreRoundNumbersWithinTheRange(double low, double high, string expected) =>
        Assert.AreEqual(expected, string.Join(' ', Ticks.Of(low, high).Select(Ticks.Short)));
}
