using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>One emission: the request with everything that several of its files need, computed once.</summary>
internal sealed class EmissionModel
{
    public EmissionModel(EmissionRequest request)
    {
        Request = request;
        Names = Naming.Of(request.Card.Name);
        Plan = Planner.Plan(request.Graph, request.Budget);
        Renderer = new TemplateRenderer(request.TemplatesFolder);
        Text = new InterfaceText(request.Graph, Plan, request.Card, Names);
        // Somebody else's model may hold operators that only TFLM runs: then nothing is prepared for C.
        Steps = request.Runtimes.Contains(RuntimeKind.C) ? OperatorEmitters.Steps(request.Graph, Plan) : [];
        foreach (EmissionStep step in Steps) OperatorEmitters.Of(step).Validate(step);
        WorkLimit.Check(request.Graph, Steps);
        Estimate = ResourceEstimator.Estimate(request.Graph, Plan, request.Core);
        Tflite = TfliteWriter.Write(request.Graph);
    }

    public EmissionRequest Request { get; }
    public Graph Graph => Request.Graph;
    public ModelCard Card => Request.Card;
    public ModelNames Names { get; }
    public ExecutionPlan Plan { get; }
    public TemplateRenderer Renderer { get; }
    public InterfaceText Text { get; }
    public ImmutableArray<EmissionStep> Steps { get; }
    public ResourceEstimate Estimate { get; }
    public byte[] Tflite { get; }

    /// <summary>What every template may use.</summary>
    public Dictionary<string, object?> Values(params ReadOnlySpan<(string Name, object? Value)> more)
    {
        Dictionary<string, object?> values = new()
        {
            ["n"] = Names.Snake,
            ["N"] = Names.Capitals,
            ["name"] = CText.Comment(Names.Include),
            ["summary"] = Summary,
            ["stateful"] = StateTensors.Of(Graph).Any(),
        };
        foreach (var (name, value) in more) values[name] = value;
        return values;
    }

    private string Summary => FormattableString.Invariant($"{Estimate.Macs} MACs, {Plan.ArenaBytes} bytes of arena, {Estimate.ConstantBytes} bytes of constants");
}
