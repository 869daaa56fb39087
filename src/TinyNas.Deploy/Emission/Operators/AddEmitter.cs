namespace TinyNas.Deploy;

/// <summary>ADD of two tensors of one shape.</summary>
internal sealed class AddEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure: 4 integers, 9 short ones, filled up.</summary>
    private const int ParameterBytes = 4 * 4 + 10 * 2;

    public void Validate(EmissionStep step)
    {
        var add = (PreparedAdd)step.First;
        var context = new OperatorContext(step.Graph, add.Operator);
        context.Require(add.Shape.IsElementwise, "its operands have different shapes, for which no C is emitted");
        context.Require(!step.TensorOf(add.Input).IsConstant && !step.TensorOf(add.Second).IsConstant, "an operand is a constant, for which no C is emitted");
        context.Require(add.ShiftA <= 0 && add.ShiftB <= 0, "the scale of an operand is too large");
    }

    public AccessOrder Access(bool fused) => AccessOrder.Elements;

    public OperatorCost Estimate(EmissionStep step) => new(0, ParameterBytes, [Kernel.Common, Kernel.Requantise, Kernel.Add]);

    public void Emit(EmissionStep step, CSource source)
    {
        var add = (PreparedAdd)step.First;
        source.ShiftsLeft |= add.Shift > 0;
        string parameters = source.Parameters("add", $"step_{step.Index}",
            step.TensorOf(add.Output).Count, add.MultiplierA, add.MultiplierB, add.Multiplier,
            add.LeftShift, add.ShiftA, add.ShiftB, add.Shift, add.ZeroPointA, add.ZeroPointB, add.OutputZeroPoint, add.Minimum, add.Maximum);
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.Call("add_run", parameters, add.Input, add.Second, add.Output);
    }
}
