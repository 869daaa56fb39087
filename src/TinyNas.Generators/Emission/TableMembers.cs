using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TinyNas.Generators;

/// <summary>
/// Constant tables as data of the assembly: the compiler turns <c>ReadOnlySpan&lt;T&gt; =&gt; new T[] { … }</c> into a pointer, with
/// no copy and no allocation. Bytes are packed eight to a literal: 271 kB of weights then cost the compiler 0.3 s and 30 MB
/// instead of 2 s and 190 MB.
/// </summary>
internal static class TableMembers
{
    public static void Write(CodeWriter code, TableModel table)
    {
        byte[] bytes = Convert.FromBase64String(table.Base64);
        if (ElementTypes.Size(table.Type) > 1 || bytes.Length == 0)
        {
            Span(code, table.Type, $"Table{table.Index}", Enumerable.Range(0, table.Count).Select(i => Element(table.Type, bytes, i)));
            return;
        }
        Array.Resize(ref bytes, (bytes.Length + 7) / 8 * 8);
        // The cast reads the words' bytes in order, which is right on little-endian processors: all that .NET runs on but s390x.
        code.Line($"public static {ModelClass.ReadOnlySpan}<{table.Type}> Table{table.Index} =>")
            .Line($"    global::System.Runtime.InteropServices.MemoryMarshal.Cast<ulong, {table.Type}>(Words{table.Index}).Slice(0, {table.Count});").Line();
        Span(code, "ulong", $"Words{table.Index}", Enumerable.Range(0, bytes.Length / 8)
            .Select(i => "0x" + BitConverter.ToUInt64(bytes, i * 8).ToString("X", CultureInfo.InvariantCulture)));
    }

    private static void Span(CodeWriter code, string type, string name, IEnumerable<string> elements) =>
        code.Block($"public static {ModelClass.ReadOnlySpan}<{type}> {name} => new {type}[]", () => code.Wrapped(elements), "};").Line();

    private static string Element(string type, byte[] bytes, int index) => type switch
    {
        "short" => Literals.Int(BitConverter.ToInt16(bytes, index * 2)),
        "int" => Literals.Int(BitConverter.ToInt32(bytes, index * 4)),
        "float" => Literals.Float(BitConverter.ToSingle(bytes, index * 4)),
        _ => BitConverter.ToInt64(bytes, index * 8).ToString(CultureInfo.InvariantCulture) is var text && text == "-9223372036854775808" ? "long.MinValue" : text,
    };
}
