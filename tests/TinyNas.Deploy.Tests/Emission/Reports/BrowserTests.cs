using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>The page as a browser lays it out, on a phone and on a desk.</summary>
[TestClass]
public class BrowserTests
{
    private sealed record Measured(double Width, double ScrollWidth, int Charts, int Marks, string TipBefore, string TipFocused, string Background);

    [TestMethod]
    [DataRow(390, false)]
    [DataRow(390, true)]
    [DataRow(1200, false)]
    public void ThePageLoadsWithoutErrorsAndFitsTheScreen(int width, bool dark)
    {
        // Many classes and long names are what makes pages too wide.
        Measured page = Open(ReportSamples.File("report.html", Networks.NanoNas(4, 3, classes: 12), ReportSamples.Card(classes: 12), new Budget(Ram: 40_960)), width, dark);
        Assert.AreEqual(width, page.Width);
        Assert.IsLessThanOrEqualTo(page.Width, page.ScrollWidth, "wider than the screen");
        Assert.AreEqual(4, page.Charts);
        Assert.IsGreaterThan(8, page.Marks);
        Assert.AreEqual(("none", "block"), (page.TipBefore, page.TipFocused), "the tip of the first mark, before and after the keyboard reaches it");
        Assert.AreEqual(dark ? "rgb(20, 23, 27)" : "rgb(255, 255, 255)", page.Background);
    }

    [TestMethod]
    public void HostileNamesNeitherRunNorWidenThePage()
    {
        var (graph, card) = ReportSamples.OfHostileNames();
        Measured page = Open(ReportSamples.File("report.html", graph, card), 390, dark: false);
        Assert.IsLessThanOrEqualTo(page.Width, page.ScrollWidth);
    }

    private static Measured Open(string page, int width, bool dark)
    {
        string chromium = Command.Require("chromium");
        using var folder = new TemporaryFolder();
        // A frame has the width asked for, whatever the least size of a window is.
        File.WriteAllText(folder["frame.html"], $$"""
            <!DOCTYPE html><meta charset="utf-8"><body style="margin:0"><pre id="result"></pre>
            <iframe id="frame" style="border:0;width:{{width}}px;height:900px" onload="measure()" srcdoc="{{WebUtility.HtmlEncode(page)}}"></iframe>
            <script>
            function measure() {
                const inner = document.getElementById('frame').contentWindow, d = inner.document, tip = d.querySelector('.mark .tip');
                const shown = () => inner.getComputedStyle(tip).display, before = shown();
                d.querySelector('.mark').focus();
                document.getElementById('result').textContent = JSON.stringify({
                    width: inner.innerWidth, scrollWidth: d.documentElement.scrollWidth, charts: d.querySelectorAll('.chart').length,
                    marks: d.querySelectorAll('.mark').length, tipBefore: before, tipFocused: shown(), background: inner.getComputedStyle(d.body).backgroundColor });
            }
            </script>
            """);
        List<string> arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--enable-logging=stderr", $"--user-data-dir={folder["profile"]}", "--window-size=1400,1000", "--virtual-time-budget=5000", "--dump-dom",
        ];
        if (dark) arguments.Add("--blink-settings=preferredColorScheme=0");
        CommandResult result = Command.Run(chromium, [.. arguments, new Uri(folder["frame.html"]).AbsoluteUri], timeoutSeconds: 120).MustSucceed("chromium");
        Assert.IsFalse(result.Error.Contains("CONSOLE", StringComparison.Ordinal), result.Error);
        Match measured = Regex.Match(result.Output, "<pre id=\"result\">(\\{.*?\\})</pre>");
        Assert.IsTrue(measured.Success, result.Error);
        return JsonSerializer.Deserialize<Measured>(WebUtility.HtmlDecode(measured.Groups[1].Value), JsonSerializerOptions.Web)!;
    }
}
