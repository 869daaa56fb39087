namespace TinyNas.Training.TorchSharp.Tests;

[TestClass]
public class TorchSharpTrainerTests : TrainerContract
{
    protected override ITrainer Create() => new TorchSharpFactory().Create("cpu");
}
