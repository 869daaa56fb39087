using TinyNas.Model;

namespace TinyNas.Tool.Tests;

/// <summary>'tinynas run' as a process, on published models.</summary>
[TestClass]
public class RunCommandTests
{
    [TestMethod]
    public void SeveralTensorsInAFileAreInvocationsInOrder()
    {
        string model = Repository.Shared("golden/tflm_hello_world_int8");
        using var folder = new TemporaryFolder();
        byte[][] inputs = [.. Enumerable.Range(0, 3).Select(k => File.ReadAllBytes(Path.Combine(model, $"in{k}.bin")))];
        byte[][] outputs = [.. Enumerable.Range(0, 3).Select(k => File.ReadAllBytes(Path.Combine(model, $"out{k}.bin")))];
        File.WriteAllBytes(folder["in put.bin"], [.. inputs.SelectMany(b => b)]);
        Run(Path.Combine(model, "model.tflite"), "--input", folder["in put.bin"], "--output", folder["out.bin"], "--trace", folder["trace"])
            .MustSucceed("tinynas run");
        CollectionAssert.AreEqual(outputs.SelectMany(b => b).ToArray(), File.ReadAllBytes(folder["out.bin"]));

        Graph graph = TfliteReader.Read(File.ReadAllBytes(Path.Combine(model, "model.tflite")), "model");
        for (int k = 0; k < 3; k++)
        {
            CollectionAssert.AreEqual(inputs[k], File.ReadAllBytes(folder["trace", $"{k}", $"{graph.Inputs[0]}.bin"]));
            CollectionAssert.AreEqual(outputs[k], File.ReadAllBytes(folder["trace", $"{k}", $"{graph.Outputs[0]}.bin"]));
        }
        Assert.AreEqual(3, Directory.GetDirectories(folder["trace"]).Length);
        Assert.AreEqual(graph.Tensors.Count(t => !t.IsConstant), Directory.GetFiles(folder["trace", "0"]).Length);
    }

    [TestMethod]
    public void WhatIsWrongIsToldWithItsCode()
    {
        string model = Path.Combine(Repository.Shared("golden/mlperf_ad01_int8"), "model.tflite");
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["short.bin"], new byte[639]);
        File.WriteAllText(folder["text.tflite"], "this is not a model");
        Told("TNAS0304", Run(model, "--input", folder["short.bin"], "--output", folder["out.bin"]));
        Told("TNAS0305", Run(model, "--input", folder["absent.bin"], "--output", folder["out.bin"]));
        Told("TNAS0301", Run(folder["text.tflite"], "--input", folder["short.bin"], "--output", folder["out.bin"]));
        Assert.AreEqual(2, Run(model, "--input", folder["short.bin"]).ExitCode);
        Assert.AreEqual(2, Run(model, "--input", folder["short.bin"], "--input", folder["short.bin"], "--output", folder["out.bin"]).ExitCode);

        static void Told(string code, CommandResult result)
        {
            Assert.AreEqual(1, result.ExitCode, result.Error);
            StringAssert.Contains(result.Error, code);
        }
    }

    private static CommandResult Run(params string[] arguments) =>
        Command.Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "tinynas.dll"), "run", .. arguments]);
}
