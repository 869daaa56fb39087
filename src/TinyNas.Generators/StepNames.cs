namespace TinyNas.Generators;

/// <summary>Names of the pipeline's steps, by which tests see that an unrelated edit recomputes none of them.</summary>
internal static class StepNames
{
    public const string Files = nameof(Files);
    public const string Models = nameof(Models);
    public const string Consumer = nameof(Consumer);
    public const string Clashes = nameof(Clashes);
    public const string Kernels = nameof(Kernels);
}
