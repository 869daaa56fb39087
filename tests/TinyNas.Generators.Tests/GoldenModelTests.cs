using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Generators.Tests;

/// <summary>Classes generated from published models give the reference kernels' outputs bit for bit, uint8 ends included.</summary>
[TestClass]
public class GoldenModelTests
{
    [TestMethod]
    [DataRow("tflm_hello_world_int8")]
    [DataRow("mlperf_ad01_int8")]
    [DataRow("mlperf_kws_int8")]
    [DataRow("nanonas_vww_l010")]
    public void TheGeneratedClassGivesTheReferenceOutputs(string name)
    {
        string folder = Repository.Shared($"golden/{name}");
        Func<byte[], byte[]> model = ByteRunner.Of(TfliteReader.Read(File.ReadAllBytes(Path.Combine(folder, "model.tflite")), name));
        int cases = 0;
        for (; File.Exists(Path.Combine(folder, $"in{cases}.bin")); cases++)
            CollectionAssert.AreEqual(
                File.ReadAllBytes(Path.Combine(folder, $"out{cases}.bin")), model(File.ReadAllBytes(Path.Combine(folder, $"in{cases}.bin"))), $"case {cases}");
        Assert.IsGreaterThanOrEqualTo(4, cases);
    }
}
