using System.Text.Json;
using Microsoft.Build.Utilities;

namespace TinyNas.Build.Tests;

[TestClass]
public class SettingLocationTests
{
    private const string Project = """
        <Project>
          <PropertyGroup>
            <TinyNasRam>1KiB</TinyNasRam>
            <TinyNasRam Condition="true">40KiB</TinyNasRam>
            <TinyNasFlsh>128KiB</TinyNasFlsh>
          </PropertyGroup>
          <ItemGroup>
            <TinyNasModel Include="Other" Data="elsewhere" />
            <TinyNasModel Include="Gesture" Data="data/train"
                          Colour="red">
              <Strategy>ok</Strategy>
            </TinyNasModel>
          </ItemGroup>
        </Project>
        """;

    [TestMethod]
    public void EverySettingStandsWhereTheProjectSetsIt()
    {
        using TaskProject project = Gesture();
        Assert.IsTrue(project.Build());
        Dictionary<string, (string Value, string At)> settings = Settings(project);
        Assert.AreEqual(("40KiB", "App.csproj(4,5)"), settings["Ram"], "the last definition of a property wins");
        Assert.AreEqual(("data/train", "App.csproj(9,37)"), settings["Data"]);
        Assert.AreEqual(("ok", "App.csproj(11,7)"), settings["Strategy"]);
    }

    [TestMethod]
    public void NamesThatNobodyDeclaredReachTheWorkerToBeRefused()
    {
        using TaskProject project = Gesture();
        Assert.IsTrue(project.Build());
        Dictionary<string, (string Value, string At)> settings = Settings(project);
        Assert.AreEqual(("128KiB", "App.csproj(5,5)"), settings["Flsh"], "a misspelt property");
        Assert.AreEqual(("red", "App.csproj(10,19)"), settings["Colour"], "unknown metadata");
        Assert.IsFalse(settings.ContainsKey("Enabled"));
    }

    [TestMethod]
    public void PropertiesOfDirectoryBuildPropsAndOfTheCommandLineAreLocated()
    {
        using TaskProject project = Gesture();
        project.PropertyFiles.Add(project.Write("Directory.Build.props", "<Project><PropertyGroup>\n<TinyNasRuntime>C</TinyNasRuntime>\n</PropertyGroup></Project>"));
        project.Properties["Runtime"] = "C";
        project.Properties["Flash"] = project.Properties["-p:Flash"] = "32KiB";
        project.Properties["-p:Seeed"] = "3";
        Assert.IsTrue(project.Build());
        Dictionary<string, (string Value, string At)> settings = Settings(project);
        Assert.AreEqual(("C", "Directory.Build.props(2,1)"), settings["Runtime"]);
        Assert.AreEqual(("32KiB", "App.csproj(1,1)"), settings["Flash"], "a property of the command line stands on no line");
        Assert.AreEqual(("3", "App.csproj(1,1)"), settings["Seeed"]);
    }

    [TestMethod]
    public void ItemsThatAnExpressionMadeAreLocatedWhereTheExpressionStands()
    {
        using var project = new TaskProject("<Project>\n<ItemGroup>\n<TinyNasModel Include=\"@(Name)\"\n Data=\"d\" />\n</ItemGroup>\n</Project>");
        project.Models[0].SetMetadata("Data", "d");
        Assert.IsTrue(project.Build());
        Assert.AreEqual(("d", "App.csproj(4,2)"), Settings(project)["Data"]);
    }

    [TestMethod]
    public void TheWorkersDiagnosticsArriveAtTheLineOfTheProject()
    {
        using TaskProject project = Gesture();
        project.Models[0].SetMetadata("Strategy", "refuse");
        Assert.IsFalse(project.Build());
        var error = project.Engine.Errors.Single();
        Assert.AreEqual(("TNAS0002", 4, 5), (error.Code, error.LineNumber, error.ColumnNumber));
        Assert.AreEqual(project.ProjectFile, error.File);
    }

    [TestMethod]
    public void TextOfAnyKindSurvivesTheRequest()
    {
        using TaskProject project = Gesture();
        const string odd = "a \"b\" \\ c\td\ne \u0001 ä 日本 🚀 é%3B;x";
        project.Models[0] = new TaskItem("Gesture") { ItemSpec = "Gesture" };
        project.Models[0].SetMetadata("Data", odd.Replace("%", "%25").Replace(";", "%3B"));
        project.Models[0].SetMetadata("Strategy", "crash");
        Assert.IsFalse(project.Build());
        Assert.AreEqual(odd, Settings(project)["Data"].Value);
    }

    private static TaskProject Gesture()
    {
        var project = new TaskProject(Project);
        project.Properties["Ram"] = "40KiB";
        foreach (var (name, value) in new[] { ("Data", "data/train"), ("Colour", "red"), ("Strategy", "ok") }) project.Models[0].SetMetadata(name, value);
        return project;
    }

    private static Dictionary<string, (string Value, string At)> Settings(TaskProject project)
    {
        using JsonDocument request = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.OutputFolder, "request.json")));
        return request.RootElement.GetProperty("settings").EnumerateArray().ToDictionary(s => s.GetProperty("name").GetString()!, s =>
            (s.GetProperty("value").GetString()!, $"{Path.GetFileName(s.GetProperty("file").GetString())}({s.GetProperty("line")},{s.GetProperty("column")})"));
    }
}
