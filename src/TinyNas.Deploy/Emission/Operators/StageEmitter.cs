using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// Kernels in turns (<see cref="Stage"/>): calls of the parts' own kernels on some rows. Turns of one shape share their
/// parameters, all turns the weights.
/// </summary>
internal sealed class StageEmitter : IOperatorEmitter
{
    public void Validate(EmissionStep step)
    {
        foreach (EmissionStep part in step.Parts) OperatorEmitters.Of(part).Validate(part);
    }

    public OperatorCost Estimate(EmissionStep step)
    {
        OperatorCost[] parts = [.. step.Parts.Select(p => OperatorEmitters.Of(p).Estimate(p))];
        long repeated = step.Stage!.Actions.OfType<StageTurn>().GroupBy(t => t.Part)
            .Sum(turns => (turns.Select(t => Shape(step, t)).Distinct().Count() - 1L) * ParameterBytes(step.Parts[turns.Key]));
        return new OperatorCost(parts.Sum(p => p.Macs), parts.Sum(p => p.ConstantBytes) + repeated, [.. parts.SelectMany(p => p.Kernels).Distinct()])
        {
            Calls = step.Stage.Actions.Count,
        };
    }

    public void Emit(EmissionStep step, CSource source)
    {
        int buffers = source.BufferOf(step.Index);
        foreach (StageAction action in step.Stage!.Actions)
        {
            if (action is StageMove move) source.Move(buffers + move.To, buffers + move.From, move.Bytes);
            else Emit(step, (StageTurn)action, buffers, source);
        }
    }

    private static void Emit(EmissionStep step, StageTurn turn, int buffers, CSource source)
    {
        RowKernel kernel = step.Stage!.Kernels[turn.Part];
        foreach (StageOperand read in turn.Reads)
            source.Place(read.Tensor, read.Place < 0 ? source.OffsetOf(read.Tensor) + read.FirstRow * read.RowBytes : buffers + read.Place);
        source.Place(kernel.Output, turn.Place < 0 ? source.OffsetOf(kernel.Output) + turn.First * kernel.RowBytes : buffers + turn.Place);
        EmissionStep part = step.Parts[turn.Part] with { Operators = kernel.Slice(turn.First, turn.Rows) };
        OperatorEmitters.Of(part).Emit(part, source);
        source.Replace();
    }

    /// <summary>What sets the parameters of a turn apart from those of others of its kernel.</summary>
    private static (int Rows, int Read, int Pad) Shape(EmissionStep step, StageTurn turn)
    {
        ImmutableArray<PreparedOperator> slice = step.Stage!.Kernels[turn.Part].Slice(turn.First, turn.Rows);
        Window2D? window = slice[0] switch
        {
            PreparedConv2D p => p.Window,
            PreparedDepthwiseConv2D p => p.Window,
            PreparedPool2D p => p.Window,
            _ => null,
        };
        return (turn.Rows, window?.InputHeight ?? 0, window?.PadTop ?? 0);
    }

    private static int ParameterBytes(EmissionStep part) => part.First switch
    {
        PreparedConv2D => Conv2DEmitter.ParameterBytes,
        PreparedDepthwiseConv2D => DepthwiseConv2DEmitter.ParameterBytes,
        PreparedPool2D => Pool2DEmitter.ParameterBytes,
        PreparedAdd => AddEmitter.ParameterBytes,
        PreparedMul => MulEmitter.ParameterBytes,
        PreparedPrelu => PreluEmitter.ParameterBytes,
        PreparedExtremum => ExtremumEmitter.ParameterBytes,
        PreparedRescale => QuantizeEmitter.RescaleBytes,
        _ => TableEmitter.ParameterBytes,
    };
}
