using System.Security.Cryptography;
using TinyNas.Model;

namespace TinyNas.Training.Tests;

/// <summary>
/// Same network, options and samples: the same weights to the last bit. The widths are those of AVX-512, AVX2, SSE and
/// Arm64's NEON (its 128-bit lanes run here by emulation), and one sample at a time as the oracle.
/// </summary>
[TestClass]
public class BitEqualityTests
{
    private static readonly TrainingOptions Options = new() { Seed = 9, BatchSize = 32, Epochs = 2, LearningRate = 3e-3, Schedule = LearningRateSchedule.Cosine };

    public static IEnumerable<object[]> Cases =>
    [
        ["NanoNAS", Networks.NanoNas(new Shape(18, 17, 3), 3, 3, 6, 9)],
        ["wide", Networks.NanoNas(new Shape(6, 6, 1), 2, 32, 33)],
        ["mixed", Networks.Mixed],
        ["separable", Networks.Separable],
        ["temporal", Networks.Temporal],
        ["residual", Networks.Residual],
        ["grouped", Networks.Grouped],
        ["recurrent", Networks.Recurrent],
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void WeightsDoNotDependOnTheVectorWidth(string name, Network network)
    {
        byte[] expected = Train(network, KernelSet.Create(1), Options);
        foreach (int width in new[] { 4, 8, 16 })
            CollectionAssert.AreEqual(expected, Train(network, KernelSet.Create(width), Options), $"{name}, {width} lanes");
    }

    /// <summary>
    /// SHA-256 of the weights that training ends in, on any machine. A change of the numerics changes it: then it is to be
    /// written anew, and every trial ever journalled is another.
    /// </summary>
    private const string Pinned = "d48dedfea6a0e3624ac3c95ed8eb7940d6c865eb9f0d5702f55196daa7894c62";

    [TestMethod]
    public void WeightsAreThePinnedOnesOnEveryMachine() =>
        Assert.AreEqual(Pinned, Convert.ToHexStringLower(SHA256.HashData(Train(Networks.Mixed, KernelSet.Best, Options))));

    /// <summary>The runtime itself is told to do without: Vector512 then is two Vector256, FMA a function, and so on.</summary>
    [TestMethod]
    [DataRow("DOTNET_EnableAVX512")]
    [DataRow("DOTNET_EnableAVX2")]
    [DataRow("DOTNET_EnableHWIntrinsic")]
    public void WeightsAreThePinnedOnesWithoutInstructionSets(string switchedOff) => Command.Run(
        "dotnet", ["exec", typeof(BitEqualityTests).Assembly.Location, "--filter", nameof(WeightsAreThePinnedOnesOnEveryMachine)],
        environment: new Dictionary<string, string?> { [switchedOff] = "0" }).MustSucceed(switchedOff);

    [TestMethod]
    public void WeightsDependOnTheSeed()
    {
        Network network = Networks.Temporal;
        CollectionAssert.AreNotEqual(Train(network, KernelSet.Best, Options), Train(network, KernelSet.Best, Options with { Seed = 10 }));
    }

    [TestMethod]
    public void RunsAtTheSameTimeDoNotInfluenceEachOther()
    {
        Network[] networks = [Networks.Mixed, Networks.Temporal, Networks.NanoNas(new Shape(18, 17, 3), 3, 3, 6, 9), Networks.Mixed];
        byte[][] alone = [.. networks.Select(network => Train(network, KernelSet.Best, Options))];
        byte[][] together = new byte[networks.Length][];
        Thread[] threads = [.. networks.Select((network, i) => new Thread(() => together[i] = Train(network, KernelSet.Best, Options)))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        for (int i = 0; i < networks.Length; i++) CollectionAssert.AreEqual(alone[i], together[i]);
    }

    private static ArraySource Samples(Network network) => ArraySource.Noise(network.Input, network.Shapes()[^1].Channels, 70);

    private static byte[] Train(Network network, KernelSet kernels, TrainingOptions options)
    {
        using ITrainingRun run = new ManagedTrainer(kernels).Begin(network, options, Samples(network));
        for (int epoch = 0; epoch < options.Epochs; epoch++) Assert.IsNull(run.RunEpoch(CancellationToken.None).Diverged);
        return TrainedBytes.Of(run.Snapshot());
    }
}
