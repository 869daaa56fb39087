using System.Text.RegularExpressions;
using System.Xml.Linq;
using TinyNas.Model;
using TinyNas.Search;
using TinyNas.Tool.Requests;

namespace TinyNas.Docs.Tests;

[TestClass]
public class SettingTests
{
    private static readonly string[] Declared =
    [
        .. XDocument.Load(Path.Combine(Repository.Root, "targets", "TinyNas.Settings.targets")).Descendants("_TinyNasSetting").Attributes("Include").Select(a => a.Value),
    ];

    private static readonly string Boards = Page.Snippets("json").Single(s => s.Page.Name == "devices.md").Text;

    [TestMethod]
    public void EverySettingIsDocumented()
    {
        string text = Page.Named("project-file.md").Text;
        Assert.IsEmpty(Declared.Where(s => !text.Contains($"`{s}`")), "settings that project-file.md does not name");
    }

    [TestMethod]
    public void EveryExampleOfASettingIsAccepted()
    {
        using var folder = Folder();
        int examples = 0;
        foreach (string[] row in Page.Named("project-file.md").Rows().Where(r => r.Length == 4 && r[0] != "setting"))
        {
            string name = row[0].Trim('`'), example = row[3].Trim('`');
            CollectionAssert.Contains(Declared, name);
            var settings = new Dictionary<string, string> { ["Data"] = "data/train", [name] = example };
            if (name == "Model") settings.Remove("Data");
            if (name == "TorchDevice") settings["Trainer"] = "TorchSharp";
            AssertAccepted(folder.Path, settings, name);
            examples++;
        }
        Assert.IsGreaterThan(25, examples);
    }

    [TestMethod]
    public void EveryProjectFileOfTheDocsIsAccepted()
    {
        using var folder = Folder();
        foreach (Snippet snippet in Page.Snippets("xml"))
        {
            XElement project = XElement.Parse(snippet.Text);
            var properties = project.DescendantsAndSelf().Where(e => e.Name.LocalName.StartsWith("TinyNas", StringComparison.Ordinal) && e.Name != "TinyNasModel")
                .ToDictionary(e => e.Name.LocalName["TinyNas".Length..], e => e.Value);
            XElement[] models = [.. project.Descendants("TinyNasModel")];
            if (models.Length == 0) models = [new XElement("TinyNasModel", new XAttribute("Include", "Gesture"), new XAttribute("Data", "data"))];
            foreach (XElement model in models)
            {
                var settings = new Dictionary<string, string>(properties);
                foreach (XAttribute metadata in model.Attributes().Where(a => a.Name != "Include")) settings[metadata.Name.LocalName] = metadata.Value;
                AssertAccepted(folder.Path, settings, snippet.ToString());
            }
        }
    }

    [TestMethod]
    public void EverySpaceAndStrategyIsDocumented()
    {
        string text = Page.Named("strategies.md").Text;
        foreach (string name in StrategyRegistry.All.Select(s => s.Name).Concat(SpaceRegistry.All.Select(s => s.Name))) StringAssert.Contains(text, $"- `{name}`:");
    }

    [TestMethod]
    public void EveryCoreIsDocumented()
    {
        string text = Page.Named("devices.md").Text;
        foreach (string core in Device.Cores) Assert.IsTrue(Regex.IsMatch(text, $"`{Regex.Escape(core)}`"), core);
    }

    private static TemporaryFolder Folder()
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(folder["boards.json"], Boards);
        Directory.CreateDirectory(folder["templates"]);
        return folder;
    }

    private static void AssertAccepted(string folder, Dictionary<string, string> settings, string what)
    {
        string project = Path.Combine(folder, "App.csproj");
        var (_, problems) = ModelRequestReader.Read(new RequestFile(RequestFile.CurrentSchema, "0.1.0", project, "Gesture", "Search", "App", "/c", "/o", "/l",
            [.. settings.Select(s => new Setting(s.Key, s.Value, project, 1, 1))]));
        Assert.IsEmpty(problems, $"{what}: {string.Join('\n', problems.Select(p => p.Message))}");
    }
}
