using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>
/// Runs a plan byte by byte without arithmetic: every kernel reads and writes in the order that its emitter declares, as late and
/// as early as the declaration allows. Each byte of the arena knows which byte of which tensor was written to it last.
/// </summary>
internal sealed class ArenaSimulation
{
    private readonly Graph graph;
    private readonly ExecutionPlan plan;
    private readonly (int Tensor, int Index)[] arena;
    private readonly int[] sourceOf;

    private ArenaSimulation(Graph graph, ExecutionPlan plan)
    {
        (this.graph, this.plan) = (graph, plan);
        arena = new (int, int)[plan.ArenaBytes];
        Array.Fill(arena, (-1, -1));
        sourceOf = [.. Enumerable.Range(0, graph.Tensors.Length)];
    }

    /// <summary>The first byte that is overwritten before its last read, in words; null where there is none.</summary>
    public static string? FirstFault(Graph graph, ExecutionPlan plan)
    {
        var simulation = new ArenaSimulation(graph, plan);
        try
        {
            simulation.Run();
            return null;
        }
        catch (InvalidOperationException fault)
        {
            return fault.Message;
        }
    }

    private void Run()
    {
        foreach (int input in graph.Inputs)
            for (int i = 0; i < graph.Tensors[input].Bytes; i++) Write(input, i);
        foreach (PlannedStep step in plan.Steps) Step(step);
        foreach (int output in graph.Outputs)
            for (int i = 0; i < graph.Tensors[output].Bytes; i++) Read(output, i);
    }

    private void Step(PlannedStep step)
    {
        Operator first = graph.Operators[step.Operators[0]], last = graph.Operators[step.Operators[^1]];
        int output = last.Outputs[0];
        if (first.Code == OperatorCode.Reshape)
        {
            sourceOf[output] = sourceOf[first.Inputs[0]];
            Assert.AreEqual(plan.OffsetOf(first.Inputs[0]), plan.OffsetOf(output));
            return;
        }
        Spoil(step, step.ScratchBytes);
        if (!step.Parts.IsEmpty)
        {
            Turns(step);
            return;
        }
        int[] inputs = [.. StepTensors.Activations(graph, step)];
        AccessOrder order = OperatorEmitters.Access(graph, step);
        Assert.IsTrue(!step.Backwards || order.Backwards, "a kernel that cannot walk backwards is asked to");
        if (order.Kind is AccessKind.Pixels or AccessKind.Channels) Windows(step, order, inputs[0], output);
        else if (order.Kind == AccessKind.Elements) Elements(inputs, output);
        else
        {
            for (int i = 0; i < graph.Tensors[output].Bytes; i++) Write(output, i);
            foreach (int input in inputs) ReadAll(input);
        }
        Spoil(step, step.ScratchBytes);
    }

    /// <summary>Scratch is written at any time of a step.</summary>
    private void Spoil(PlannedStep step, int bytes) => Array.Fill(arena, (-2, 0), step.ScratchOffset, bytes);

    /// <summary>A stage: every turn writes all its rows before it reads the first.</summary>
    private void Turns(PlannedStep step)
    {
        var stage = Stage.Of(graph, step);
        int buffers = step.ScratchOffset + step.ScratchBytes - step.BufferBytes;
        foreach (StageAction action in stage.Actions)
        {
            if (action is StageMove move)
            {
                arena.AsSpan(buffers + move.From, move.Bytes).CopyTo(arena.AsSpan(buffers + move.To));
                continue;
            }
            var turn = (StageTurn)action;
            RowKernel kernel = stage.Kernels[turn.Part];
            int place = turn.Place + (turn.IsOutside ? plan.OffsetOf(kernel.Output) : buffers), width = turn.Columns.Count * kernel.PixelBytes;
            for (int i = 0; i < turn.Rows * width; i++)
                arena[place + i] = (kernel.Output, (turn.First + i / width) * kernel.RowBytes + turn.Columns.Begin * kernel.PixelBytes + i % width);
            foreach (StageOperand read in turn.Reads)
            {
                int pixel = kernel.Inputs.Single(k => k.Tensor == read.Tensor).PixelBytes;
                place = read.Place + (read.IsOutside ? plan.OffsetOf(read.Tensor) : buffers);
                width = read.Columns.Count * pixel;
                for (int i = 0; i < read.Rows * width; i++)
                    Check(read.Tensor, (read.FirstRow + i / width) * read.RowBytes + read.Columns.Begin * pixel + i % width, arena[place + i]);
            }
            Spoil(step, step.ScratchBytes - step.BufferBytes);
        }
    }

    private void Elements(int[] inputs, int output)
    {
        for (int i = 0; i < graph.Tensors[output].Bytes; i++)
        {
            foreach (int input in inputs)
                for (int j = i; j < graph.Tensors[input].Bytes; j++) Read(input, j);
            Write(output, i);
        }
    }

    private void Windows(PlannedStep step, AccessOrder order, int input, int output)
    {
        var (x, y) = (graph.Tensors[input].Shape, graph.Tensors[output].Shape);
        int count = y[1] * y[2], together = order.Rows > 0 ? order.Rows * y[2] : order.Pixels;
        for (int k = 0; k < count; k += together)
        {
            int[] positions = [.. Enumerable.Range(k, Math.Min(together, count - k)).Select(p => step.Backwards ? count - 1 - p : p)];
            if (order.Kind == AccessKind.Channels && x[3] == y[3])
            {
                for (int c = 0; c < y[3]; c++)
                {
                    foreach (int tap in positions.SelectMany(p => Taps(step, p, x))) Read(input, tap * x[3] + c);
                    foreach (int p in positions) Write(output, p * y[3] + c);
                }
                continue;
            }
            foreach (int p in positions)
                for (int c = 0; c < y[3]; c++) Write(output, p * y[3] + c);
            foreach (int tap in positions.SelectMany(p => Taps(step, p, x)))
                for (int c = 0; c < x[3]; c++) Read(input, tap * x[3] + c);
        }
    }

    /// <summary>Input positions under an output position, tap by tap through the pool, if there is one, and the convolution.</summary>
    private IEnumerable<int> Taps(PlannedStep step, int position, IReadOnlyList<int> x)
    {
        int width = graph.Tensors[graph.Operators[step.Operators[^1]].Outputs[0]].Shape[2];
        IEnumerable<(int Y, int X)> places = [(position / width, position % width)];
        foreach (PreparedOperator op in StepPreparation.Of(graph, step).Reverse())
        {
            Window2D w = op switch
            {
                PreparedConv2D conv => conv.Window,
                PreparedDepthwiseConv2D conv => conv.Window,
                PreparedPool2D pool => pool.Window,
                _ => throw new NotSupportedException(),
            };
            places = [.. places.SelectMany(p => Under(w, p))];
        }
        return places.Select(p => p.Y * x[2] + p.X);
    }

    private static IEnumerable<(int Y, int X)> Under(Window2D w, (int Y, int X) position)
    {
        for (int i = 0; i < w.FilterHeight; i++)
            for (int j = 0; j < w.FilterWidth; j++)
            {
                int y = position.Y * w.StrideHeight - w.PadTop + i * w.DilationHeight, x = position.X * w.StrideWidth - w.PadLeft + j * w.DilationWidth;
                if (y >= 0 && y < w.InputHeight && x >= 0 && x < w.InputWidth) yield return (y, x);
            }
    }

    private void ReadAll(int tensor)
    {
        for (int i = 0; i < graph.Tensors[tensor].Bytes; i++) Read(tensor, i);
    }

    private void Read(int tensor, int index) => Check(tensor, index, arena[plan.OffsetOf(tensor) + index]);

    private void Check(int tensor, int index, (int Tensor, int Index) found)
    {
        if (found != (sourceOf[tensor], index))
            throw new InvalidOperationException($"byte {index} of tensor {tensor} was overwritten by byte {found.Index} of tensor {found.Tensor}");
    }

    private void Write(int tensor, int index) => arena[plan.OffsetOf(tensor) + index] = (sourceOf[tensor], index);
}
