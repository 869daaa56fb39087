using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TinyNas.Training;

/// <summary>
/// A trained network whose scores a smaller one is trained on (Hinton et al. 2015): the loss is (1 − share) × cross-entropy + share × T² × the
/// divergence of the softened student's from the softened teacher's probabilities, softmax(scores / T).
/// </summary>
/// <param name="Share">0 to 1.</param>
/// <param name="Temperature">T, above 0.</param>
public sealed record Teacher(TrainedNetwork Network, double Share = 0.5, double Temperature = 4)
{
    /// <summary>Part of keys: a hash stands for the weights.</summary>
    public override string ToString()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var layer in Network.Parameters)
            foreach (var (_, values) in layer.OrderBy(p => p.Key, StringComparer.Ordinal)) hash.AppendData(MemoryMarshal.AsBytes<float>(values));
        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(hash.GetHashAndReset())},{Share:R},{Temperature:R}");
    }
}
