using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// The part of the input that each output position of a step sees, in input positions: of a convolution or pool, or of a
/// convolution under the windows of the pool that is fused with it.
/// </summary>
internal sealed class StepWindow
{
    private readonly int width, strideY, strideX, padTop, padLeft, reachY, reachX, height;

    private StepWindow(Window2D first, Window2D? pool)
    {
        (height, width, padTop, padLeft) = (first.InputHeight, first.InputWidth, first.PadTop, first.PadLeft);
        (strideY, strideX) = (first.StrideHeight, first.StrideWidth);
        (reachY, reachX) = ((first.FilterHeight - 1) * first.DilationHeight, (first.FilterWidth - 1) * first.DilationWidth);
        (OutputHeight, OutputWidth) = (first.OutputHeight, first.OutputWidth);
        if (pool is null) return;
        reachY += (pool.FilterHeight - 1) * strideY;
        reachX += (pool.FilterWidth - 1) * strideX;
        strideY *= pool.StrideHeight;
        strideX *= pool.StrideWidth;
        (OutputHeight, OutputWidth) = (pool.OutputHeight, pool.OutputWidth);
    }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    /// <summary>Null where the operators have no kernel here.</summary>
    public static StepWindow? Of(Graph graph, PlannedStep step)
    {
        try
        {
            Window2D? first = WindowOf(graph, graph.Operators[step.Operators[0]]);
            if (first is not null && step.Pad >= 0) first = PadFolding.Fold(graph, first, graph.Operators[step.Pad]);
            return first is null ? null : new StepWindow(first, step.Operators.Length > 1 ? WindowOf(graph, graph.Operators[step.Operators[^1]]) : null);
        }
        catch (TinyNasException)
        {
            return null;
        }
    }

    /// <summary>The first input position in raster order that output position <paramref name="k"/> reads.</summary>
    public int First(int k)
    {
        int y = k / OutputWidth * strideY - padTop, x = k % OutputWidth * strideX - padLeft;
        return Math.Max(y, 0) * width + Math.Max(x, 0);
    }

    /// <summary>The last.</summary>
    public int Last(int k)
    {
        int y = k / OutputWidth * strideY - padTop + reachY, x = k % OutputWidth * strideX - padLeft + reachX;
        return Math.Min(y, height - 1) * width + Math.Min(x, width - 1);
    }

    /// <exception cref="TinyNasException">TNAS0302: the operator cannot be run.</exception>
    public static Window2D? WindowOf(Graph graph, Operator op)
    {
        var context = new OperatorContext(graph, op);
        if (op.Options is not Pool2DOptions && (op.Inputs.Length < 2 || op.Inputs[1] < 0 || context.InputAt(1).Shape.Length != 4)) return null;
        return op.Options switch
        {
            Conv2DOptions o => context.Window(context.Input, context.Output, o.Padding, context.InputAt(1).Shape[1], context.InputAt(1).Shape[2],
                o.StrideHeight, o.StrideWidth, o.DilationHeight, o.DilationWidth),
            DepthwiseConv2DOptions o => context.Window(context.Input, context.Output, o.Padding, context.InputAt(1).Shape[1], context.InputAt(1).Shape[2],
                o.StrideHeight, o.StrideWidth, o.DilationHeight, o.DilationWidth),
            Pool2DOptions o => context.Window(context.Input, context.Output, o.Padding, o.FilterHeight, o.FilterWidth, o.StrideHeight, o.StrideWidth),
            _ => null,
        };
    }
}
