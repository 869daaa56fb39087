namespace TinyNas.Deploy;

/// <summary>The rows of one map that a <see cref="Stage"/> holds, one after the other.</summary>
/// <param name="rowBytes">Bytes of a row.</param>
/// <param name="bytes">Bytes there are.</param>
internal sealed class RowBuffer(int rowBytes, int bytes)
{
    private int begin, end, start;

    /// <summary>Where the buffer begins among all of its stage.</summary>
    public int Place { get; set; }

    /// <summary>The most bytes held at once.</summary>
    public int Most { get; private set; }

    /// <summary>Gives up rows before <paramref name="needed"/> and makes room for <paramref name="rows"/> more.</summary>
    public StageMove? Prepare(int needed, int rows)
    {
        start += (Math.Min(needed, end) - begin) * rowBytes;
        begin = Math.Min(needed, end);
        int held = (end - begin) * rowBytes;
        Most = Math.Max(Most, held + rows * rowBytes);
        if (start + (long)held + rows * rowBytes <= bytes) return null;
        int from = start;
        start = 0;
        return held == 0 ? null : new StageMove(Place, Place + from, held);
    }

    /// <returns>Where the new rows go.</returns>
    public int Append(int rows)
    {
        int place = PlaceOf(end);
        end += rows;
        return place;
    }

    public int PlaceOf(int row) => Place + start + (row - begin) * rowBytes;
}
