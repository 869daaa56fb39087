using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>Which routes of contract 3 are emitted.</summary>
public enum RuntimeKind
{
    C,
    Tflm,
}

/// <summary>All that the emitted files depend on, besides the version of this package.</summary>
public sealed record EmissionRequest(Graph Graph, ModelCard Card, Budget Budget)
{
    /// <summary>The processor that code size and stack are estimated for.</summary>
    public string Core { get; init; } = "cortex-m4";

    public ImmutableArray<RuntimeKind> Runtimes { get; init; } = [RuntimeKind.C, RuntimeKind.Tflm];

    /// <summary>A folder whose files replace built-in templates of the same name; null for none.</summary>
    public string? TemplatesFolder { get; init; }
}
