using System.Text.Json;
using TinyNas.Model;
using TinyNas.Tool.Requests;

namespace TinyNas.Tool.Tests;

[TestClass]
public class DeviceTests
{
    private const string Board = """[{ "name": "Badge", "vendor": "us", "core": "cortex-m33", "clock": 64000000, "ram": 30000, "flash": 200000, "source": "linker script" }]""";

    [TestMethod]
    public void AnUnknownDeviceSuggestsTheClosestAndDoesNotListAll()
    {
        TinyNasException problem = Read(("Device", "STM32L421KB")).Problems.Single();
        Assert.AreSame(DiagnosticCatalogue.UnknownDevice, problem.Diagnostic);
        StringAssert.Contains(problem.Message, "STM32L412KB");
        Assert.IsLessThan(200, problem.Message.Length);
    }

    [TestMethod]
    public void AProjectMayBringItsOwnDevices()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["boards.json"], Board);
        var (request, problems) = Read(folder.Path, ("DeviceFile", "boards.json"), ("Device", "badge"));
        Assert.AreEqual(0, problems.Count);
        Assert.AreEqual((30000L, 200000L, "cortex-m33"), (request!.Budget.Ram, request.Budget.Flash, request.Core));
        Assert.AreEqual(folder["boards.json"], request.DeviceFile);
    }

    [TestMethod]
    [DataRow(null, "TNAS0105")]
    [DataRow("[{", "TNAS0006")]
    public void AnUnusableDeviceFileIsReportedOnceAndAtItsSetting(string? content, string code)
    {
        using var folder = new TemporaryFolder();
        if (content is not null) File.WriteAllText(folder["boards.json"], content);
        TinyNasException problem = Read(folder.Path, ("DeviceFile", "boards.json"), ("Device", "badge")).Problems.Single();
        Assert.AreEqual((code, "DeviceFile"), (problem.Diagnostic.Code, problem.Setting));
    }

    [TestMethod]
    public void TheToolListsDevicesAsATableAndAsJson()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["boards.json"], Board);
        string[] lines = Run("devices", "badge", "--device-file", folder["boards.json"]).MustSucceed("devices").Output.Split('\n');
        StringAssert.StartsWith(lines[0], "Device");
        StringAssert.Contains(lines[1], "29.3 KiB");
        StringAssert.StartsWith(lines[2], "1 devices");
        using var json = JsonDocument.Parse(Run("devices", "--json").MustSucceed("devices --json").Output);
        Assert.AreEqual(DeviceCatalogue.BuiltIn.All.Count, json.RootElement.GetArrayLength());
        Assert.AreEqual("ambiq", json.RootElement[0].GetProperty("vendor").GetString(), ignoreCase: true);
    }

    private static CommandResult Run(params string[] arguments) => Command.Run("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "tinynas.dll"), .. arguments]);

    private static (ModelRequest? Request, IReadOnlyList<TinyNasException> Problems) Read(params (string, string)[] settings) => Read("/project", settings);

    private static (ModelRequest? Request, IReadOnlyList<TinyNasException> Problems) Read(string folder, params (string Name, string Value)[] settings)
    {
        string project = Path.Combine(folder, "App.csproj");
        return ModelRequestReader.Read(new RequestFile(RequestFile.CurrentSchema, "0.1.0", project, "Gesture", "Search", "App", "/c", "/o", "/l",
            [new Setting("Data", "d", project, 1, 1), .. settings.Select(s => new Setting(s.Name, s.Value, project, 1, 1))]));
    }
}
