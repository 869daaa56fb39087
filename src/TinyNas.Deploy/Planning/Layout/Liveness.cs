using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>When each activation is alive, and which of them may share their bytes.</summary>
internal sealed class Liveness
{
    public List<Storage> Storages { get; } = [];

    private readonly Storage?[] storageOf;

    /// <param name="shares">False: RESHAPE copies and nothing is written over what it is made of, as in an interpreter.</param>
    public Liveness(Graph graph, ImmutableArray<PlannedStep> steps, bool shares = true)
    {
        storageOf = new Storage?[graph.Tensors.Length];
        foreach (int input in graph.Inputs) Touch(graph, input, 0);
        // What an invocation leaves for the next is alive from the first step to after the last.
        for (int i = 0; i < graph.Tensors.Length; i++)
            if (graph.Tensors[i].IsVariable) Touch(graph, i, 0);
        for (int t = 0; t < steps.Length; t++)
        {
            Operator last = graph.Operators[steps[t].Operators[^1]];
            foreach (int input in StepTensors.Activations(graph, steps[t])) Touch(graph, input, t);
            if (shares && IsAlias(graph, last)) Share(last.Inputs[0], last.Outputs[0], t);
            foreach (int output in last.Outputs) Touch(graph, output, t);
            if (steps[t].ScratchBytes > 0) Storages.Add(new Storage(steps[t].ScratchBytes, 4, t, t));
        }
        foreach (int output in graph.Outputs) Touch(graph, output, steps.Length);
        for (int i = 0; i < graph.Tensors.Length; i++)
            if (graph.Tensors[i].IsVariable) Touch(graph, i, steps.Length);
        if (!shares) return;
        for (int t = 0; t < steps.Length; t++) FindOverlaps(graph, steps[t], t);
    }

    /// <summary>Where a tensor's bytes are kept; null for a constant, or what is never written.</summary>
    public Storage? Of(int tensor) => storageOf[tensor];

    /// <summary>Operators that only give bytes another shape: nothing is copied.</summary>
    public static bool IsAlias(Graph graph, Operator op) =>
        op.Code is OperatorCode.Reshape or OperatorCode.Squeeze or OperatorCode.ExpandDims && !graph.Tensors[op.Inputs[0]].IsConstant;

    private void Touch(Graph graph, int tensor, int step)
    {
        Tensor description = graph.Tensors[tensor];
        if (description.IsConstant) return;
        if (storageOf[tensor] is { } known)
        {
            known.First = Math.Min(known.First, step);
            known.Last = Math.Max(known.Last, step);
            return;
        }
        var storage = new Storage(description.Bytes, description.Type.Size(), step, step);
        storage.Tensors.Add(tensor);
        storageOf[tensor] = storage;
        Storages.Add(storage);
    }

    private void Share(int input, int output, int step)
    {
        Storage storage = storageOf[input]!;
        storage.Tensors.Add(output);
        storage.Last = Math.Max(storage.Last, step);
        storageOf[output] = storage;
    }

    private void FindOverlaps(Graph graph, PlannedStep step, int t)
    {
        Storage born = storageOf[graph.Operators[step.Operators[^1]].Outputs[0]]!;
        if (born.First != t) return;
        foreach (int input in StepTensors.Activations(graph, step))
        {
            if (storageOf[input] is not { } dying || dying == born || dying.Last != t) continue;
            Overlap overlap = OverlapRule.Of(graph, step, input);
            if (overlap != Overlap.None(dying.Bytes, born.Bytes)) born.Over.Add((dying, overlap));
        }
    }
}
