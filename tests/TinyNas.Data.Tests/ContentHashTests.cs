using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Data.Tests;

[TestClass]
public class ContentHashTests
{
    [TestMethod]
    public void EveryPartCountsAndPartsDoNotRunIntoEachOther()
    {
        string[] hashes =
        [
            Hash(new Shape(1, 2, 1), [1, 2], [], [0], ["a", "b"], null),
            Hash(new Shape(2, 1, 1), [1, 2], [], [0], ["a", "b"], null),
            Hash(new Shape(1, 2, 1), [1, 3], [], [0], ["a", "b"], null),
            Hash(new Shape(1, 2, 1), [1, 2], [], [1], ["a", "b"], null),
            Hash(new Shape(1, 2, 1), [1, 2], [], [0], ["ab", ""], null),
            Hash(new Shape(1, 2, 1), [1, 2], [], [0], ["a", "b"], []),
            Hash(new Shape(1, 2, 1), [1, 2], [], [0], ["a", "b"], [0]),
            Hash(new Shape(1, 2, 1), [], [1, 2], [0], ["a", "b"], null),
        ];
        Assert.AreEqual(hashes.Length, hashes.Distinct().Count());
        Assert.IsTrue(hashes.All(h => h.Length == 64 && h == h.ToLowerInvariant()));
    }

    [TestMethod]
    public void TheHashIsPinned() =>
        Assert.AreEqual("b2513ba1ed307a4f6aad8971268ab161e3aed2f3b4c5c9c2cf7874671eadd8ee", Hash(new Shape(1, 2, 1), [], [1, -2], [0], ["a", "ü"], [3]));

    private static string Hash(Shape shape, byte[] bytes, float[] floats, int[] targets, ImmutableArray<string> labels, int[]? groups) =>
        ContentHasher.Hash(shape, bytes.Length > 0 ? ElementType.UInt8 : ElementType.Float32, bytes, floats, targets, labels, groups);
}
