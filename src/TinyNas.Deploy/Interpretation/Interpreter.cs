using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// Runs a graph on the integer kernels: what a score is taken from, what emitted code is compared with. Not thread-safe;
/// make one per thread. <see cref="Invoke"/> allocates nothing.
/// </summary>
/// <example><code>
/// var interpreter = new Interpreter(TfliteReader.Read(File.ReadAllBytes(path), path));
/// image.CopyTo(interpreter.Input());
/// interpreter.Invoke();
/// ReadOnlySpan&lt;byte&gt; scores = interpreter.Output();
/// </code></example>
public sealed class Interpreter
{
    private readonly TensorStore tensors;
    private readonly ImmutableArray<IStep> steps;

    /// <exception cref="TinyNasException">TNAS0302: an operator, type or option that has no kernel.</exception>
    public Interpreter(Graph graph)
    {
        Graph = graph;
        ImmutableArray<PreparedOperator> prepared = OperatorPreparation.PrepareAll(graph);
        tensors = new TensorStore(graph);
        steps = [.. prepared.Select(p => StepTable.Create(p, tensors))];
    }

    public Graph Graph { get; }

    /// <summary>Little-endian bytes of input <paramref name="i"/>, to be written before <see cref="Invoke"/>.</summary>
    public Span<byte> Input(int i = 0) => tensors.Bytes(Graph.Inputs[i]);

    /// <summary>Little-endian bytes of output <paramref name="i"/> of the last invocation.</summary>
    public ReadOnlySpan<byte> Output(int i = 0) => tensors.Bytes(Graph.Outputs[i]);

    /// <summary>Bytes of any tensor of the graph after an invocation; a constant's are its data.</summary>
    public ReadOnlySpan<byte> TensorBytes(int tensorIndex) => tensors.Bytes(tensorIndex);

    public void Invoke()
    {
        foreach (IStep step in steps) step.Execute(tensors);
    }

    /// <summary>Forgets the state that operators keep from one invocation to the next.</summary>
    public void Reset() => tensors.ClearState();
}
