using System.Text.Json;
using System.Text.Json.Serialization;

namespace TinyNas.Search;

internal static class JournalJson
{
    /// <summary>One line per record.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = false,
    };
}
