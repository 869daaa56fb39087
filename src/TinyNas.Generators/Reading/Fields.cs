using System;
using System.Globalization;

namespace TinyNas.Generators;

/// <summary>The fields of one line, separated by single spaces. Whatever is not as expected throws <see cref="DamagedFileException"/>.</summary>
internal sealed class Fields(string line)
{
    private int position;

    public bool AtEnd => position > line.Length;

    public string Next(string what)
    {
        if (AtEnd) throw new DamagedFileException($"{what} is missing");
        int end = line.IndexOf(' ', position);
        if (end < 0) end = line.Length;
        string field = line.Substring(position, end - position);
        position = end + 1;
        return field;
    }

    public int Int(string what) =>
        int.TryParse(Next(what), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value : throw new DamagedFileException($"{what} is no number");

    public int Count(string what) => Int(what) is >= 0 and var value ? value : throw new DamagedFileException($"{what} is negative");

    public long Long(string what) =>
        long.TryParse(Next(what), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value : throw new DamagedFileException($"{what} is no number");

    /// <summary>A float by its bits, eight hexadecimal digits.</summary>
    public float Float(string what) => Float(Next(what), what);

    /// <summary>Fields joined by commas; "-" is none.</summary>
    public string[] List(string what) => Next(what) is var list && list == "-" ? [] : list.Split(',');

    public EquatableArray<int> Ints(string what) => new(Array.ConvertAll(List(what), item =>
        int.TryParse(item, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value : throw new DamagedFileException($"{what} is no list of numbers")));

    public EquatableArray<float> Floats(string what) => new(Array.ConvertAll(List(what), item => Float(item, what)));

    /// <summary>An ASCII name, which goes into source text as it is.</summary>
    public string Name(string what) => Next(what) is var name && ArgumentParser.IsName(name) ? name : throw new DamagedFileException($"{what} is no name");

    /// <summary>A type of the embedded kernels.</summary>
    public string Kernel() => Next("a kernel") is var name && ArgumentParser.IsName(name) && KernelLibrary.Declares(name)
        ? name : throw new DamagedFileException($"this version has no kernel '{name}'");

    /// <summary>The C# keyword of an element type.</summary>
    public string ElementType(string what) => Next(what) is var type && ElementTypes.Size(type) > 0 ? type : throw new DamagedFileException($"{what} is '{type}'");

    public string Text(string what) => Unescape(Next(what), what);

    public static float Float(string digits, string what) =>
        digits.Length == 8 && uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint bits)
            ? BitConverter.ToSingle(BitConverter.GetBytes(bits), 0) : throw new DamagedFileException($"{what} is no float");

    /// <summary>Texts have every UTF-16 unit but letters and digits of ASCII as % and four hexadecimal digits; "%" alone is empty.</summary>
    private static string Unescape(string field, string what)
    {
        if (field == "%") return "";
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < field.Length; i++)
        {
            if (field[i] != '%')
            {
                text.Append(field[i]);
                continue;
            }
            if (i + 4 >= field.Length || !ushort.TryParse(field.Substring(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
                throw new DamagedFileException($"{what} has a broken escape");
            text.Append((char)unit);
            i += 4;
        }
        return text.ToString();
    }
}
