using TinyNas.Deploy;

namespace TinyNas.Generators.Tests;

/// <summary>Before the first search an editor compiles the user's code against a class that computes nothing.</summary>
[TestClass]
public class StubTests
{
    private const string Use = """
        #pragma warning disable CS1591
        using System;
        public static class Runner
        {
            public static string Predict(float[] values)
            {
                var model = new App.Net();
                App.Net.Prediction p = model.Predict(values);
                if (p.Label == App.Net.Label.Rock) return p.Name;
                return $"{p.Score} {p.Scores.Length} {App.Net.Macs / App.Net.RamBytes / App.Net.FlashBytes} {App.Net.InputScale} {App.Net.OutputZeroPoint} {App.Net.Labels.Count}";
            }
            public static void Invoke(sbyte[] input, sbyte[] output)
            {
                var model = new App.Net();
                model.Invoke(input, output);
                foreach (App.Net.Layer layer in model.Trace()) Console.WriteLine(layer.Name + layer.Shape.Length + layer.Bytes.Length / App.Net.InputLength);
            }
        }
        """;

    [TestMethod]
    public void TheSameCodeCompilesAgainstTheStubAndTheModel()
    {
        Emit(BindingsWriter.Stub("Net", "App", ["rock", "paper"]));
        Emit(Samples.Classifier("Net", "rock", "paper"));
    }

    [TestMethod]
    public void AModelWithoutKernelsThrowsItsReason()
    {
        GeneratorResult result = (GeneratorRun.Of(BindingsWriter.Stub("Net", "App", ["rock", "paper"], reason: "Operator \"X\" has no kernel")) with { Sources = [Use] }).Run();
        var predict = result.Load<Func<float[], string>>("Runner", "Predict");
        var thrown = Assert.ThrowsExactly<NotSupportedException>(() => predict([1]));
        Assert.AreEqual("Operator \"X\" has no kernel", thrown.Message);
    }

    [TestMethod]
    public void WhatAStubCannotComputeThrowsAndSaysWhatToDo()
    {
        GeneratorResult result = (GeneratorRun.Of(BindingsWriter.Stub("Net", "App", ["rock", "paper"])) with { Sources = [Use] }).Run();
        var predict = result.Load<Func<float[], string>>("Runner", "Predict");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => predict([1f])).Message, "has not been built yet");
        var invoke = result.Load<Action<sbyte[], sbyte[]>>("Runner", "Invoke");
        Assert.ThrowsExactly<InvalidOperationException>(() => invoke([1], [1]));
    }

    [TestMethod]
    public void AStubNeedsNoHashAndNoNamespaceSoThatABuildCanWriteOne()
    {
        GeneratorResult result = (new GeneratorRun { Files = [("/obj/net.bindings.txt", "tinynas-bindings 1\nstub\nname Net\nclassifier\nlabel rock\nend\n")] }
            with { Sources = [Use], IsStrict = true }).Run();
        result.Emit();
        Assert.IsTrue(result.Run.GeneratedSources.All(s => s.HintName.StartsWith("Model.", StringComparison.Ordinal)), "a stub needs no kernels");
    }

    [TestMethod]
    public void AClassifierWhoseLabelsAreNotKnownYetHasAnEmptyEnumeration() => (GeneratorRun.Of(BindingsWriter.Stub("Net", "App")) with
    {
        IsStrict = true,
        Sources = ["#pragma warning disable CS1591\npublic static class Runner { public static string First(float[] values) => new App.Net().Predict(values).Name; }"],
    }).Run().Emit();

    [TestMethod]
    public void AStubOfARegressionGivesFloats() => (GeneratorRun.Of(BindingsWriter.Stub("Net", "App", isClassifier: false)) with
    {
        Sources = ["public static class Runner { public static float First(float[] values) => new App.Net().Predict(values)[0]; }"],
    }).Run().Emit();

    private static void Emit(EmittedFile file) => (GeneratorRun.Of(file) with { Sources = [Use], IsStrict = true }).Run().Emit();
}
