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
            .Sum(turns => (turns.Select(t => TurnShape.Of(step.Stage, t)).Distinct().Count() - 1L) * ParameterBytes(step.Parts[turns.Key]));
        return new OperatorCost(parts.Sum(p => p.Macs), parts.Sum(p => p.ConstantBytes) + repeated, [.. parts.SelectMany(p => p.Kernels).Distinct()])
        {
            Calls = StageRun.Of(step.Stage).Sum(r => r.Length),
        };
    }

    public void Emit(EmissionStep step, CSource source)
    {
        Stage stage = step.Stage!;
        foreach (StageRun run in StageRun.Of(stage))
        {
            if (run.Repeats > 1) source.BeginLoop(run.Repeats);
            for (int i = run.First; i < run.First + run.Length; i++)
            {
                ImmutableArray<int> places = StageRun.Places(stage.Actions[i]);
                int[] distances = run.Repeats == 1 ? new int[places.Length] : [.. StageRun.Places(stage.Actions[i + run.Length]).Zip(places, (next, now) => next - now)];
                Emit(step, stage.Actions[i], distances, source);
            }
            if (run.Repeats > 1) source.EndLoop();
        }
    }

    private static void Emit(EmissionStep step, StageAction action, int[] distances, CSource source)
    {
        int buffers = source.BufferOf(step.Index);
        if (action is StageMove move)
        {
            source.Move(buffers + move.To, distances[0], buffers + move.From, distances[1], move.Bytes);
            return;
        }
        var turn = (StageTurn)action;
        RowKernel kernel = step.Stage!.Kernels[turn.Part];
        source.Place(kernel.Output, (turn.IsOutside ? source.OffsetOf(kernel.Output) : buffers) + turn.Place, distances[0]);
        for (int k = 0; k < turn.Reads.Length; k++)
        {
            StageOperand read = turn.Reads[k];
            source.Place(read.Tensor, (read.IsOutside ? source.OffsetOf(read.Tensor) : buffers) + read.Place, distances[k + 1]);
        }
        EmissionStep part = step.Parts[turn.Part] with { Operators = kernel.Slice(turn.First, turn.Rows, turn.Columns, turn.Reads[0].Columns) };
        OperatorEmitters.Of(part).Emit(part, source);
        source.Replace();
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
