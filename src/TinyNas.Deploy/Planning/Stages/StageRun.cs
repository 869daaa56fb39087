using System.Collections.Immutable;

namespace TinyNas.Deploy;

/// <summary>
/// <paramref name="Length"/> actions of a <see cref="Stage"/> from <paramref name="First"/> on, which <paramref name="Repeats"/>
/// times follow each other with the same kernels and shapes, every place a constant distance from where it was the time before:
/// they are emitted as a loop.
/// </summary>
internal readonly record struct StageRun(int First, int Length, int Repeats)
{
    /// <summary>Shorter loops would hardly be smaller than what they replace.</summary>
    private const int FewestSaved = 4;

    private const int LongestBody = 64;

    /// <summary>All actions in order; from each on the repetition that saves most.</summary>
    public static IEnumerable<StageRun> Of(Stage stage)
    {
        (object Shape, ImmutableArray<int> Places)[] actions = [.. stage.Actions.Select(a => (Shape(stage, a), Places(a)))];
        for (int first = 0; first < actions.Length;)
        {
            var best = new StageRun(first, 1, 1);
            for (int length = 1; length <= LongestBody && first + 2 * length <= actions.Length; length++)
            {
                int repeats = Count(actions, first, length);
                if (length * (repeats - 1) > Math.Max(best.Saved, FewestSaved - 1)) best = new StageRun(first, length, repeats);
            }
            yield return best;
            first += best.Length * best.Repeats;
        }
    }

    /// <summary>Places that differ from one time to the next, in the order in which they are emitted: the output's or the move's, then the inputs'.</summary>
    public static ImmutableArray<int> Places(StageAction action) => action switch
    {
        StageMove move => [move.To, move.From],
        StageTurn turn => [turn.Place, .. turn.Reads.Select(r => r.Place)],
        _ => [],
    };

    private int Saved => Length * (Repeats - 1);

    private static int Count((object Shape, ImmutableArray<int> Places)[] actions, int first, int length)
    {
        int repeats = 1;
        for (; first + (repeats + 1) * length <= actions.Length; repeats++)
            for (int i = 0; i < length; i++)
            {
                var (shape, places) = actions[first + i];
                var (thisShape, thisPlaces) = actions[first + repeats * length + i];
                if (!shape.Equals(thisShape)) return repeats;
                for (int k = 0; k < places.Length; k++)
                    if (thisPlaces[k] - places[k] != repeats * (actions[first + length + i].Places[k] - places[k])) return repeats;
            }
        return repeats;
    }

    /// <summary>What two turns have in common that call one kernel with the same parameters.</summary>
    private static object Shape(Stage stage, StageAction action) => action switch
    {
        StageTurn turn => (turn.Part, TurnShape.Of(stage, turn)),
        StageMove move => move.Bytes,
        _ => action,
    };
}
