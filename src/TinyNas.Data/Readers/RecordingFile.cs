using System.Globalization;
using CsvHelper;

namespace TinyNas.Data;

/// <summary>
/// One CSV file: rows of channel values, with label and group of each row where the file has such columns. Comma
/// separated, or by semicolon or tab where the header has those and no comma; decimals with a point.
/// </summary>
internal sealed record RecordingFile(string[] Channels, float[] Values, string[]? Labels, string[]? Groups)
{
    public int Rows => Channels.Length == 0 ? 0 : Values.Length / Channels.Length;

    /// <summary>A column is a channel unless it is the label or group, or its first filled cell is no number.</summary>
    /// <exception cref="DamagedFileException">Says line and column.</exception>
    public static RecordingFile Read(string file, string labelColumn, string? groupColumn)
    {
        var options = new CsvReaderOptions
        {
            Separator = SeparatorOf(file), TrimWhitespace = true, TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw, FieldCountMismatch = CsvFieldCountHandling.Throw,
        };
        try
        {
            using CsvReader reader = CsvReader.FromFile(file, options);
            return Parse(reader, labelColumn, groupColumn);
        }
        catch (CsvFormatException e)
        {
            throw new DamagedFileException(e.Message);
        }
    }

    private static char SeparatorOf(string file)
    {
        using var text = new StreamReader(file);
        string header = text.ReadLine() ?? "";
        return header.Contains(',') ? ',' : header.Contains(';') ? ';' : header.Contains('\t') ? '\t' : ',';
    }

    private static RecordingFile Parse(CsvReader reader, string labelColumn, string? groupColumn)
    {
        string[] names = [.. reader.Headers];
        int label = IndexOf(names, labelColumn);
        int group = groupColumn is null ? -1 : IndexOf(names, groupColumn);
        if (groupColumn is not null && group < 0) throw new DamagedFileException($"has no column '{groupColumn}'");
        List<string> labels = [], groups = [];
        RecordingColumn[] columns = [.. names.Where((_, c) => c != label && c != group).Select(n => new RecordingColumn(n))];
        while (reader.Read())
        {
            for (int c = 0, channel = 0; c < names.Length; c++)
            {
                if (c == label) labels.Add(reader.GetString(c) is { Length: > 0 } text ? text : throw new DamagedFileException($"line {reader.LineNumber} has no label"));
                else if (c == group) groups.Add(reader.GetString(c));
                else columns[channel++].Add(reader.GetSpan(c), reader.LineNumber);
            }
        }
        columns = [.. columns.Where(c => c.IsChannel)];
        if (columns.Length == 0) throw new DamagedFileException("has no column of numbers");
        int rows = columns[0].Values.Count;
        var values = new float[rows * columns.Length];
        for (int r = 0, i = 0; r < rows; r++)
            foreach (RecordingColumn column in columns) values[i++] = column.Values[r];
        return new RecordingFile([.. columns.Select(c => c.Name)], values, label < 0 ? null : [.. labels], group < 0 ? null : [.. groups]);
    }

    private static int IndexOf(string[] names, string wanted)
    {
        int exact = Array.IndexOf(names, wanted);
        return exact >= 0 ? exact : Array.FindIndex(names, n => n.Equals(wanted, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>Values of a column that is a channel as long as its cells are numbers; text from its first filled cell on makes it none.</summary>
internal sealed class RecordingColumn(string name)
{
    private enum Content { Unknown, Numbers, Text }

    private Content content;
    private long firstBlank;

    public string Name { get; } = name;

    public List<float> Values { get; } = [];

    public bool IsChannel => content == Content.Numbers;

    public void Add(ReadOnlySpan<byte> cell, long line)
    {
        if (content == Content.Text) return;
        if (cell.IsEmpty && content == Content.Unknown)
        {
            if (firstBlank == 0) firstBlank = line;
            return;
        }
        bool isNumber = float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out float value);
        if (content == Content.Unknown) content = isNumber ? Content.Numbers : Content.Text;
        if (content == Content.Text) return;
        if (firstBlank != 0 || !isNumber || !float.IsFinite(value))
            throw new DamagedFileException($"line {(firstBlank != 0 ? firstBlank : line)}, column '{Name}': no finite number");
        Values.Add(value);
    }
}
