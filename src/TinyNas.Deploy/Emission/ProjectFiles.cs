namespace TinyNas.Deploy;

/// <summary>
/// What lets other build systems take the firmware folder as it is: a CMake target, an Arduino library and a Zephyr module. The
/// first and last name the folder's own sources. An Arduino library is installed by copying its folder and compiles
/// whatever lies in src, so it holds copies, the self-test's without its main.
/// </summary>
internal static class ProjectFiles
{
    public static IEnumerable<EmittedFile> Of(EmissionModel model, IReadOnlyList<EmittedFile> emitted)
    {
        string n = model.Names.Snake;
        bool c = model.Request.Runtimes.Contains(RuntimeKind.C), tflm = model.Request.Runtimes.Contains(RuntimeKind.Tflm);
        yield return Render(model, "CMakeLists.txt", "CMakeLists.txt",
            ("c", c), ("tflm", tflm), ("languages", c && tflm ? "C CXX" : c ? "C" : "CXX"), ("targets", c ? n : n + "_tflm"));
        if (!c) yield break;

        yield return Render(model, "zephyr/module.yml", "zephyr.module.yml");
        yield return Render(model, "zephyr/CMakeLists.txt", "zephyr.CMakeLists.txt");
        yield return Render(model, "zephyr/Kconfig", "zephyr.Kconfig");
        yield return Render(model, "arduino/library.properties", "arduino.library.properties");
        yield return Render(model, "arduino/examples/SelfTest/SelfTest.ino", "arduino.ino");
        foreach (string source in new[] { $"{n}.h", $"{n}.c" })
            yield return new EmittedFile("arduino/src/" + source, emitted.Single(f => f.Name == source).Content);
        // Its sketch has a main already.
        string selfTest = System.Text.Encoding.UTF8.GetString(emitted.Single(f => f.Name == $"{n}_selftest.c").Content.Span);
        yield return FirmwareEmitter.Text($"arduino/src/{n}_selftest.c", $"#define {model.Names.Capitals}_SELFTEST_NO_MAIN\n" + selfTest);
    }

    private static EmittedFile Render(EmissionModel model, string name, string template, params ReadOnlySpan<(string, object?)> values) =>
        FirmwareEmitter.Text(name, model.Renderer.Render(template, model.Values(values)));
}
