using System.Collections.Immutable;
using System.CommandLine;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Tool.Commands;

/// <summary><c>--runtime C,Tflm</c>.</summary>
internal static class RuntimeOption
{
    public static Option<string> Create() => new("--runtime")
    {
        Description = "Which code to emit: C, Tflm or both, separated by commas.", DefaultValueFactory = _ => "C,Tflm",
    };

    public static ImmutableArray<RuntimeKind> Read(string text)
    {
        var kinds = ImmutableArray.CreateBuilder<RuntimeKind>();
        foreach (string part in text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            RuntimeKind? kind = part.ToUpperInvariant() switch { "C" => RuntimeKind.C, "TFLM" => RuntimeKind.Tflm, _ => null };
            kinds.Add(kind ?? throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "Runtime", part, "known are C and Tflm") { Setting = "Runtime" });
        }
        if (kinds.Count == 0) throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "Runtime", text, "known are C and Tflm") { Setting = "Runtime" };
        return [.. kinds.Distinct().Order()];
    }
}
