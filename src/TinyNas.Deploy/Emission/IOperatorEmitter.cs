using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>A step of the plan with the integers of its operators, prepared once for all users.</summary>
internal sealed record EmissionStep(Graph Graph, int Index, ImmutableArray<PreparedOperator> Operators)
{
    /// <summary>Whether the plan has the kernel walk from the last output position to the first.</summary>
    public bool Backwards { get; init; }

    /// <summary>Of a stage: the steps that run in turns.</summary>
    public ImmutableArray<EmissionStep> Parts { get; init; } = [];

    /// <summary>Of a stage: who runs when.</summary>
    public Stage? Stage { get; init; }

    /// <summary>A step of the plan.</summary>
    /// <exception cref="TinyNasException">TNAS0302 for the first operator that has no kernel.</exception>
    public static EmissionStep Of(Graph graph, int index, PlannedStep planned)
    {
        if (planned.Parts.IsEmpty) return new EmissionStep(graph, index, StepPreparation.Of(graph, planned)) { Backwards = planned.Backwards };
        ImmutableArray<EmissionStep> parts = [.. planned.Parts.Select(p => Of(graph, index, p))];
        return new EmissionStep(graph, index, [.. parts.SelectMany(p => p.Operators)]) { Parts = parts, Stage = Stage.Of(graph, planned) };
    }

    public PreparedOperator First => Operators[0];

    public PreparedOperator Last => Operators[^1];

    public Tensor TensorOf(int index) => Graph.Tensors[index];

    public ReadOnlySpan<int> BiasOf(int index, int channels) => index >= 0 ? Graph.Tensors[index].Values<int>() : new int[channels];
}

/// <summary>What a step costs in the emitted C: multiply-accumulates, bytes of constants, the kernels it calls.</summary>
internal sealed record OperatorCost(long Macs, long ConstantBytes, ImmutableArray<Kernel> Kernels)
{
    /// <summary>How often the step calls a kernel.</summary>
    public int Calls { get; init; } = 1;
}

/// <summary>
/// Turns steps of one kind of operator into C. To add an operator: prepare it (see <see cref="OperatorPreparation"/>), write
/// Templates/kernel.NAME.c.hbs, name it in <see cref="Kernel"/> and <see cref="KernelText"/>, measure its code and stack for
/// <see cref="CodeSizes"/>, write its emitter here, declare the order of its loops (<see cref="AccessOrder"/>), list it in <see cref="OperatorEmitters"/>, add its TFLM registration to
/// <see cref="TflmOperators"/>, and give the tests a network with it.
/// </summary>
internal interface IOperatorEmitter
{
    /// <summary>The order in which the kernel of a step reads and writes.</summary>
    AccessOrder Access(Graph graph, PlannedStep step) => AccessOrder.Unordered;

    /// <exception cref="TinyNasException">TNAS0302: the emitted kernel cannot do this though the interpreter could.</exception>
    void Validate(EmissionStep step);

    /// <summary>Cheap: called for every candidate of a search.</summary>
    OperatorCost Estimate(EmissionStep step);

    /// <summary>Adds the step's constants and its call.</summary>
    void Emit(EmissionStep step, CSource source);
}
