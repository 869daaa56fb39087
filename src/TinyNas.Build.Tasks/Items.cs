using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace TinyNas.Build.Tasks;

/// <summary>Makes items whose paths may hold characters that mean something to MSBuild: a folder may be called "50%;new".</summary>
internal static class Items
{
    public static ITaskItem Create(string path, params (string Name, string Value)[] metadata)
    {
        var item = new TaskItem(Escape(path));
        foreach (var (name, value) in metadata) item.SetMetadata(name, Escape(value));
        return item;
    }

    private static string Escape(string text) => text.Replace("%", "%25").Replace(";", "%3B").Replace("*", "%2A").Replace("?", "%3F");
}
