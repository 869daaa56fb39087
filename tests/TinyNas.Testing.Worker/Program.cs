using System.Text;
using System.Text.Json;

// The value of the setting Strategy says what to do; every start leaves a line in runs.txt of the cache folder.
JsonElement request = JsonDocument.Parse(File.ReadAllText(args[1])).RootElement;
string Text(string name) => request.GetProperty(name).GetString()!;
JsonElement[] settings = [.. request.GetProperty("settings").EnumerateArray()];
string? Setting(string name) => settings.FirstOrDefault(s => s.GetProperty("name").GetString() == name) is { ValueKind: JsonValueKind.Object } s
    ? s.GetProperty("value").GetString() : null;

string output = Text("outputFolder"), cache = Text("cacheFolder");
using (var runs = new FileStream(Path.Combine(cache, "runs.txt"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
    runs.Write(Encoding.UTF8.GetBytes($"{Text("model")} {Text("mode")}\n"));
Console.WriteLine("TNAS-PROGRESS 1 of 1 trained, Zürich");

switch (Setting("Strategy"))
{
    case "crash":
        Console.Error.WriteLine("Unhandled exception. Something broke.");
        return 134;
    case "refuse":
        JsonElement ram = settings.First(s => s.GetProperty("name").GetString() == "Ram");
        Console.Error.WriteLine($"{ram.GetProperty("file")}({ram.GetProperty("line")},{ram.GetProperty("column")}): error TNAS0002: '{ram.GetProperty("value")}' is no size.");
        return 1;
    case "slow":
        File.WriteAllText(Path.Combine(output, "started.txt"), "");
        while (await Console.In.ReadLineAsync() is not null) { }
        File.WriteAllText(Path.Combine(output, "kept.txt"), "");
        return 130;
    case "deaf":
        File.WriteAllText(Path.Combine(output, "started.txt"), Environment.ProcessId.ToString());
        await Task.Delay(TimeSpan.FromMinutes(5));
        return 0;
    case "stopped":
        return 130;
    case "pause":
        await Task.Delay(1500);
        break;
}

string firmware = Path.Combine(output, "firmware");
Directory.CreateDirectory(Path.Combine(firmware, "arduino"));
File.WriteAllText(Path.Combine(firmware, "model.c"), $"/* {Setting("Ram")} */\n");
File.WriteAllText(Path.Combine(firmware, "arduino", "model.h"), "");
string bindings = Path.Combine(output, "model.bindings.txt");
// A stub: the class that stands for a model nobody has trained yet.
File.WriteAllText(bindings, $"tinynas-bindings 1\nstub\nname {Text("model")}\nnamespace {Text("rootNamespace")}\nclassifier\nlabel up\nlabel down\nend\n");
string result = $"bindings\t{bindings}\nfirmware\t{firmware}\n";
if (Setting("Data") is { } data) result += $"input\t{Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Text("project"))!, data))}\n";
File.WriteAllText(Path.Combine(output, "result.txt"), result);
return 0;
