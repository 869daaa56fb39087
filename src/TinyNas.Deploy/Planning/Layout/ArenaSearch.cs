namespace TinyNas.Deploy;

/// <summary>
/// Looks for a layout within a capacity: storages in order of birth, each at an end of one of its free ranges. Of a chain, where
/// only neighbours live together, only the lowest and the highest place of each matter to the next, so that the search is exact.
/// </summary>
internal sealed class ArenaSearch(Storage[] born, int capacity)
{
    /// <summary>Far more than networks of searches need; keeps wide graphs within milliseconds.</summary>
    private const int MostNodes = 4000;

    /// <summary>Each is a level of recursion.</summary>
    public const int MostStorages = 1000;

    private readonly HashSet<string> failed = [];
    private int nodes;

    public bool Run() => Place(0, []);

    private bool Place(int index, List<Storage> living)
    {
        if (index == born.Length) return true;
        if (++nodes > MostNodes) return false;
        Storage storage = born[index];
        List<Storage> alive = living.FindAll(p => p.Last >= storage.First);
        // What follows depends on nothing but where the living are.
        string state = Key(index, alive);
        if (failed.Contains(state)) return false;
        foreach (var (low, high) in FreeOffsets.Of(storage, alive, capacity))
        {
            if (Try(low) || (high != low && Try(high))) return true;
        }
        failed.Add(state);
        return false;

        bool Try(int offset)
        {
            storage.Offset = offset;
            alive.Add(storage);
            if (Place(index + 1, alive)) return true;
            alive.RemoveAt(alive.Count - 1);
            return false;
        }
    }

    private static string Key(int index, List<Storage> alive) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{index}:{string.Join(',', alive.Select(s => s.Offset))}");
}
