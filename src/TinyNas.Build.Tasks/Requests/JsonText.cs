using System.Globalization;
using System.Text;

namespace TinyNas.Build.Tasks;

/// <summary>
/// Writes the little JSON a request needs. A JSON library would have to travel with the task and could clash with the
/// copy that some host of MSBuild has already loaded.
/// </summary>
internal static class JsonText
{
    public static StringBuilder AppendJson(this StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                // Lone surrogates occur in Unix file names; as escapes the file stays valid UTF-8.
                case < ' ' or (>= '\ud800' and <= '\udfff'): text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)); break;
                default: text.Append(c); break;
            }
        }
        return text.Append('"');
    }

    public static StringBuilder AppendProperty(this StringBuilder text, string name, string value) =>
        text.AppendJson(name).Append(": ").AppendJson(value);
}
