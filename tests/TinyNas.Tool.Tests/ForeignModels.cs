using System.Buffers.Binary;
using System.Text;
using TinyNas.Model;

namespace TinyNas.Tool.Tests;

/// <summary>Files with operators that this project does not know, which its writer therefore cannot make.</summary>
internal static class ForeignModels
{
    /// <summary>One custom operator: the code of HARD_SWISH in a sound file is replaced by one that lies behind it.</summary>
    public static byte[] Custom(string name)
    {
        var builder = new GraphBuilder();
        int x = builder.Activation("x", ElementType.Int8, [1, 4], Quantization.PerTensor(1, 0)), y = builder.Activation("y", ElementType.Int8, [1, 4], Quantization.PerTensor(1, 0));
        builder.Add(OperatorCode.HardSwish, [x], [y], OperatorOptions.None);
        byte[] sound = TfliteWriter.Write(builder.Build([x], [y])), text = Encoding.UTF8.GetBytes(name);
        int layout = (sound.Length + 3) / 4 * 4, table = layout + 8;
        var file = new byte[table + 16 + (text.Length + 4) / 4 * 4];
        sound.CopyTo(file, 0);

        // Bytes of the layout and of the table, then where fields 0 (the code) and 1 (the name) are in it.
        foreach (var (value, i) in ((ushort[])[8, 12, 8, 4]).Select((v, i) => (v, i))) BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(layout + 2 * i), value);
        Write(table, table - layout);
        Write(table + 4, 8);
        Write(table + 8, 32);
        Write(table + 12, text.Length);
        text.CopyTo(file, table + 16);

        int model = Read(0), codes = model + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(model - Read(model) + 6)), first = codes + Read(codes) + 4;
        Write(first, table - first);
        return file;

        void Write(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        int Read(int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
    }
}
