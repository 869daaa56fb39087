using System.Text.RegularExpressions;
using TinyNas.Deploy.Tests;
using TinyNas.Model;

namespace TinyNas.Docs.Tests;

[TestClass]
public class CommandTests
{
    [TestMethod]
    public void EveryCommandOfTheDocsRuns()
    {
        using var folder = new TemporaryFolder();
        Graph graph = Networks.NanoNas(3, 2, 20);
        File.WriteAllBytes(folder["model.tflite"], TfliteWriter.Write(graph));
        File.WriteAllBytes(folder["input.bin"], new byte[graph.Tensors[graph.Inputs[0]].Bytes]);
        File.WriteAllText(folder["table.json"], Page.Snippets("json").Single(s => s.Page.Name == "tool.md").Text);
        int run = 0;
        foreach (Snippet snippet in Page.Snippets("sh"))
            foreach (string line in snippet.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] words = [.. Regex.Matches(line, "\"([^\"]*)\"|\\S+").Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Value)];
                Assert.AreEqual("tinynas", words[0], $"{snippet}: {line}");
                CommandResult result = Command.Run("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "tinynas.dll"), .. words[1..]], folder.Path);
                Assert.AreEqual((0, ""), (result.ExitCode, result.Error), $"{snippet}: {line}\n{result.Output}");
                Assert.AreNotEqual("", result.Output + (words[1] == "run" ? "written" : ""), $"{snippet}: {line}");
                run++;
            }
        Assert.IsGreaterThan(8, run);
        Assert.AreEqual(graph.Tensors[graph.Outputs[0]].Bytes, new FileInfo(folder["output.bin"]).Length);
        Assert.IsTrue(File.Exists(folder["firmware", "gesture.c"]));
    }
}
