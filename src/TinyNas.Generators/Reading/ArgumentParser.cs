using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TinyNas.Generators;

/// <summary>
/// Arguments of a call: t5 (activation), b5 (its bytes), c7 (table), p0 (parameters), k0 (packed filter), s1 and s2 (scratch of one and
/// two bytes), -12 (number), x3F800000 (float by its bits), true, false, default, and structures over several fields: {Type Member= argument ... }.
/// Everything that becomes source text is checked to be a name or a number, so a damaged file cannot inject code.
/// </summary>
internal sealed class ArgumentParser(Func<ArgumentKind, int, bool> exists)
{
    public static bool IsName(string field) =>
        field.Length > 0 && !char.IsDigit(field[0]) && field.All(c => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_');

    public EquatableArray<ArgumentModel> All(Fields fields)
    {
        var arguments = new List<ArgumentModel>();
        while (!fields.AtEnd) arguments.Add(Next(fields));
        return new(arguments);
    }

    public ArgumentModel Next(Fields fields, string member = "")
    {
        string field = fields.Next("an argument");
        if (field.Length > 1 && field[0] == '{') return Structure(field.Substring(1), fields, member);
        if (field is "s1" or "s2") return new ArgumentModel(ArgumentKind.Scratch, field == "s1" ? "sbyte" : "short", Member: member);
        ArgumentKind? kind = field[0] switch
        {
            't' => ArgumentKind.Tensor,
            'b' => ArgumentKind.Bytes,
            'c' => ArgumentKind.Table,
            'p' => ArgumentKind.Parameters,
            'k' => ArgumentKind.Packed,
            _ => null,
        };
        if (kind is null || !int.TryParse(field.Substring(1), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            return new ArgumentModel(ArgumentKind.Literal, Literal(field), Member: member);
        return exists(kind.Value, index) ? new ArgumentModel(kind.Value, "", index, member) : throw new DamagedFileException($"'{field}' is missing");
    }

    private static string Literal(string field)
    {
        if (field is "true" or "false" or "default") return field;
        if (field.Length == 9 && field[0] == 'x') return Literals.Float(Fields.Float(field.Substring(1), "an argument"));
        return int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? Literals.Int(number) : throw new DamagedFileException($"'{field}' is no argument");
    }

    private ArgumentModel Structure(string type, Fields fields, string member)
    {
        if (!IsName(type) || !KernelLibrary.Declares(type)) throw new DamagedFileException($"this version has no structure '{type}'");
        var members = new List<ArgumentModel>();
        for (string field = fields.Next("a member"); field != "}"; field = fields.Next("a member"))
        {
            if (!field.EndsWith("=", StringComparison.Ordinal) || !IsName(field.Substring(0, field.Length - 1)))
                throw new DamagedFileException($"'{field}' is no member");
            members.Add(Next(fields, field.Substring(0, field.Length - 1)));
        }
        return new ArgumentModel(ArgumentKind.Structure, type, Member: member) { Members = new(members) };
    }
}
