namespace TinyNas.Deploy;

/// <summary>Sizes that the emitted parameter structures can hold: short integers keep them small and work where int has 16 bits.</summary>
internal static class Limits
{
    /// <exception cref="Model.TinyNasException">TNAS0302: a size does not fit 16 bits.</exception>
    public static void RequireShort(EmissionStep step, Window2D window, params ReadOnlySpan<int> others)
    {
        var context = new OperatorContext(step.Graph, step.First.Operator);
        foreach (int size in (int[])
            [
                window.InputHeight, window.InputWidth, window.OutputHeight, window.OutputWidth, window.StrideHeight, window.StrideWidth,
                window.FilterHeight * window.DilationHeight, window.FilterWidth * window.DilationWidth, .. others,
            ])
            context.Require(size <= short.MaxValue, $"a size of {size} is beyond 32767");
    }
}
