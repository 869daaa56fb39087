using TinyNas.Model;

namespace TinyNas.Training.TorchSharp.Tests;

[TestClass]
public class TorchSharpTrainerTests : TrainerContract
{
    protected override ITrainer Create() => new TorchSharpFactory().Create("cpu");

    [TestMethod]
    public void ALayerThatIsNotTranslatedIsRefusedByName()
    {
        var network = new Network(new Shape(1, 1, 4), [new Unheard(), new Dense(2)]);
        var problem = Assert.ThrowsExactly<TinyNasException>(() => Create().Begin(network, new TrainingOptions(), ArraySource.Noise(network.Input, 2, 16)));
        Assert.AreEqual("TNAS0002", problem.Diagnostic.Code);
        StringAssert.Contains(problem.Message, "Unheard (layer 0)");
    }

    private sealed record Unheard : Layer;
}
