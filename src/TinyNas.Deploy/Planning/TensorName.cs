namespace TinyNas.Deploy;

/// <summary>Tensor names for people. Converters join the names of all nodes that they merged, each a path of scopes.</summary>
internal static class TensorName
{
    private const int Most = 48;

    /// <summary>The first of the joined names, with the innermost scope; the manifest has names in full.</summary>
    public static string Short(string name)
    {
        string first = name.IndexOf(';') is > 0 and var end ? name[..end] : name;
        int leaf = first.LastIndexOf('/');
        string inner = leaf <= 0 ? first : first[(first.LastIndexOf('/', leaf - 1) + 1)..];
        return inner.Length <= Most ? inner : inner[..(Most - 1)] + "…";
    }
}
