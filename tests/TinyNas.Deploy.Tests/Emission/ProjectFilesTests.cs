using System.Collections.Immutable;
using System.Text;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>The firmware folder as CMake, Zephyr and the Arduino tools take it.</summary>
[TestClass]
public class ProjectFilesTests
{
    [TestMethod]
    public void CMakeBuildsTheFolderByItselfAndRunsTheSelfTest()
    {
        using TemporaryFolder folder = Write();
        Build(folder.Path, folder["out"]);
        Command.Run(Path.Combine(Path.GetDirectoryName(Command.Require("cmake"))!, "ctest"), ["--test-dir", folder["out"], "--output-on-failure"]).MustSucceed("ctest");
    }

    [TestMethod]
    public void CMakeLinksTheTargetIntoAProgramOfTheUsers()
    {
        using TemporaryFolder folder = Write("model");
        File.WriteAllText(folder["CMakeLists.txt"], """
            cmake_minimum_required(VERSION 3.13)
            project(user LANGUAGES C CXX)
            add_subdirectory(model)
            add_executable(user main.cc)
            target_link_libraries(user PRIVATE net)
            """);
        File.WriteAllText(folder["main.cc"], "#include \"net.h\"\nint main() { net_invoke(); return 0; }\n");
        Build(folder.Path, folder["out"]);
        Command.Run(folder["out", "user"], []).MustSucceed("user");
        Assert.IsFalse(File.Exists(folder["out", "model", "net_selftest"]), "a part of another project adds no program to it");
    }

    /// <summary>Zephyr itself is not installed here: its CMake functions are stood in for by what they are documented to do.</summary>
    [TestMethod]
    public void TheZephyrModuleAddsItsSourcesWhenItIsChosen()
    {
        using TemporaryFolder folder = Write("model");
        File.WriteAllText(folder["CMakeLists.txt"], """
            cmake_minimum_required(VERSION 3.13)
            project(app LANGUAGES C)
            add_executable(app main.c)
            function(zephyr_library_named name)
                add_library(${name} STATIC)
                set(ZEPHYR_CURRENT_LIBRARY ${name} PARENT_SCOPE)
                target_link_libraries(app PRIVATE ${name})
            endfunction()
            function(zephyr_library_sources)
                target_sources(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGV})
            endfunction()
            function(zephyr_include_directories)
                target_include_directories(app PRIVATE ${ARGV})
            endfunction()
            set(CONFIG_TINYNAS_NET y)
            add_subdirectory(model/zephyr)
            """);
        File.WriteAllText(folder["main.c"], "#include <net.h>\nint main(void) { net_invoke(); return 0; }\n");
        Build(folder.Path, folder["out"]);
        Command.Run(folder["out", "app"], []).MustSucceed("app");
        StringAssert.Contains(File.ReadAllText(folder["model", "zephyr", "module.yml"]), "name: tinynas_net\nbuild:\n  cmake: zephyr\n  kconfig: zephyr/Kconfig\n");
        StringAssert.StartsWith(File.ReadAllText(folder["model", "zephyr", "Kconfig"]), "config TINYNAS_NET\n\tbool ");
    }

    /// <summary>The Arduino tools are not installed here: checked are the layout they document and that all of src links with a sketch's main.</summary>
    [TestMethod]
    public void TheArduinoLibraryHoldsTheSameSourcesAndOneMainIsLeftToTheSketch()
    {
        using TemporaryFolder folder = Write();
        foreach (string file in new[] { "net.h", "net.c" })
            Assert.AreEqual(File.ReadAllText(folder[file]), File.ReadAllText(folder["arduino", "src", file]), file);
        string[] lines = File.ReadAllLines(folder["arduino", "library.properties"]);
        foreach (string key in new[] { "name", "version", "author", "maintainer", "sentence", "paragraph", "category", "url", "architectures" })
            Assert.AreEqual(1, lines.Count(l => l.StartsWith(key + "=", StringComparison.Ordinal)), key);

        string compiler = Command.Require("g++"), c = Command.Require("gcc");
        File.WriteAllText(folder["Arduino.h"], """
            extern "C" int printf(const char *, ...);
            struct Port { void begin(long) {} void print(const char *t) { printf("%s", t); } void print(unsigned long n) { printf("%lu", n); } void println(const char *t) { printf("%s\n", t); } };
            static Port Serial;
            static unsigned long micros() { return 0; }
            static void delay(int) {}
            """);
        File.WriteAllText(folder["sketch.cc"], "#include \"Arduino.h\"\n#include \"arduino/examples/SelfTest/SelfTest.ino\"\nint main() { setup(); loop(); return 0; }\n");
        foreach (string source in new[] { "net", "net_selftest" })
            Command.Run(c, ["-std=c99", "-c", folder["arduino", "src", source + ".c"], "-o", folder[source + ".o"]]).MustSucceed("gcc");
        Command.Run(compiler, ["-I", folder["arduino", "src"], folder["sketch.cc"], folder["net.o"], folder["net_selftest.o"], "-o", folder["sketch"]]).MustSucceed("g++");
        Assert.AreEqual("net: 0 us; self-test passed\n", Command.Run(folder["sketch"], []).MustSucceed("sketch").Output);
    }

    [TestMethod]
    public void WithoutTheCRuntimeOnlyTheTargetForTflmIsThere()
    {
        string[] names = [.. Emit([RuntimeKind.Tflm]).Select(f => f.Name)];
        Assert.IsFalse(names.Any(n => n.StartsWith("arduino/", StringComparison.Ordinal) || n.StartsWith("zephyr/", StringComparison.Ordinal)));
        string text = Encoding.UTF8.GetString(Emit([RuntimeKind.Tflm]).Single(f => f.Name == "CMakeLists.txt").Content.Span);
        StringAssert.Contains(text, "add_library(net_tflm INTERFACE)");
        Assert.IsFalse(text.Contains("net.c\n", StringComparison.Ordinal) || text.Contains("STATIC net", StringComparison.Ordinal), text);
    }

    private static TemporaryFolder Write(string below = "")
    {
        var folder = new TemporaryFolder();
        EmittedProgram.Write(folder[below], Emit([RuntimeKind.C, RuntimeKind.Tflm]));
        return folder;
    }

    private static IReadOnlyList<EmittedFile> Emit(ImmutableArray<RuntimeKind> runtimes) =>
        FirmwareEmitter.Emit(new EmissionRequest(Networks.NanoNas(3, 2), new ModelCard("Net"), Budget.Unlimited) { Runtimes = runtimes });

    private static void Build(string source, string output)
    {
        string cmake = Command.Require("cmake");
        Command.Require("gcc");
        Command.Run(cmake, ["-S", source, "-B", output]).MustSucceed("cmake");
        Command.Run(cmake, ["--build", output]).MustSucceed("cmake --build");
    }
}
