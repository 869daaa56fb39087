using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Training.TorchSharp;

/// <summary>The setting TorchDevice.</summary>
internal readonly record struct TorchDevice(bool IsCuda, int Index)
{
    /// <exception cref="TinyNasException">TNAS0002.</exception>
    public static TorchDevice Parse(string text)
    {
        string lower = text.ToLowerInvariant();
        if (lower == "cpu") return new TorchDevice(false, 0);
        if (lower == "cuda") return new TorchDevice(true, 0);
        if (lower.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(lower["cuda:".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int index)) return new TorchDevice(true, index);
        throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "TorchDevice", text, "cpu, cuda or cuda:1 is expected") { Setting = "TorchDevice" };
    }

    public override string ToString() => IsCuda ? string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}") : "cpu";
}
