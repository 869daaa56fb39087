using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>The short form of <c>TinyNas.Benchmarks fuzz</c>: the small golden models, and networks of our own where they are not there.</summary>
[TestClass]
public class DamagedFilesTests
{
    private const int Count = 2000;

    [TestMethod]
    public void DamagedGoldenModelsGiveAResultOrADiagnostic() => Compile(
        [.. new[] { "tflm_hello_world_int8", "nanonas_vww_l010", "tflm_micro_speech", "tflm_mnist_lstm_int8" }
            .Select(name => new FileDamage(name, File.ReadAllBytes(Repository.Shared($"golden/{name}/model.tflite"))))]);

    [TestMethod]
    public void DamagedFilesOfEveryOperatorGiveAResultOrADiagnostic() =>
        Compile([.. OperatorNetworks.All.Select(o => new FileDamage(o.Key, TfliteWriter.Write(o.Value(3))))]);

    private static void Compile(FileDamage[] models)
    {
        var outcomes = new SortedDictionary<DamageOutcome, int>();
        for (ulong number = 0; number < Count; number++)
        {
            try
            {
                DamageOutcome outcome = DamageRun.Case(models, 1, number);
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            }
            catch (Exception e)
            {
                Assert.Fail($"case {number}: {e}");
            }
        }
        string figures = string.Join(", ", outcomes.Select(o => $"{o.Value} {o.Key}"));
        // Where nearly all is refused at the door, what lies behind it is not tested.
        foreach (DamageOutcome outcome in (DamageOutcome[])[DamageOutcome.Unreadable, DamageOutcome.EmittedForTflm, DamageOutcome.Emitted])
            Assert.IsTrue(outcomes.GetValueOrDefault(outcome) > Count / 100, figures);
        Console.WriteLine(figures);
    }
}
