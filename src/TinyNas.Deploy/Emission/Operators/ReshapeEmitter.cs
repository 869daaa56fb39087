using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>RESHAPE, SQUEEZE and EXPAND_DIMS: the plan gives input and output the same bytes, so nothing runs.</summary>
internal sealed class ReshapeEmitter : IOperatorEmitter
{
    public void Validate(EmissionStep step) =>
        new OperatorContext(step.Graph, step.First.Operator).Require(!step.TensorOf(step.First.Input).IsConstant, "its input is a constant");

    public OperatorCost Estimate(EmissionStep step) => new(0, 0, []);

    public void Emit(EmissionStep step, CSource source)
    {
    }
}
