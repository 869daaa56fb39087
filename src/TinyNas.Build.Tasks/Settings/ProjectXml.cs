using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

namespace TinyNas.Build.Tasks;

/// <summary>
/// A project file as text: MSBuild tells a task the values of properties and metadata but not the lines they stand on.
/// A file that cannot be read gives no elements, since MSBuild itself has already read it or complained.
/// </summary>
internal sealed class ProjectXml
{
    private const string Item = "TinyNasModel", Group = "PropertyGroup";
    private readonly string path;
    private readonly List<XElement> properties = [];
    private readonly List<XElement> items = [];

    private ProjectXml(string path, XDocument? document)
    {
        this.path = path;
        foreach (XElement element in document?.Descendants() ?? [])
        {
            if (element.Parent?.Name.LocalName == Group) properties.Add(element);
            else if (element.Name.LocalName == Item) items.Add(element);
        }
    }

    public static ProjectXml Load(string path)
    {
        try
        {
            return new ProjectXml(path, XDocument.Load(path, LoadOptions.SetLineInfo));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or XmlException)
        {
            return new ProjectXml(path, null);
        }
    }

    /// <summary>Whether the file sets a property of which this is true. Reads it as a stream, which costs a build with nothing to do far less than the tree.</summary>
    public static bool AnyProperty(string path, Func<string, bool> test)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
            for (int group = -1; reader.Read();)
            {
                if (reader.NodeType != XmlNodeType.Element) continue;
                if (reader.Depth <= group) group = -1;
                if (group < 0 && reader.LocalName == Group) group = reader.Depth;
                else if (reader.Depth == group + 1 && group >= 0 && test(reader.LocalName)) return true;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or XmlException) { }
        return false;
    }

    /// <summary>Properties whose names begin with <paramref name="prefix"/>, in file order.</summary>
    public IEnumerable<(string Name, string Value, SourceLocation Location)> Properties(string prefix) =>
        from element in properties
        where element.Name.LocalName.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        select (element.Name.LocalName, element.Value.Trim(), Position(element));

    /// <summary>The last definition of a property: in MSBuild the last one wins.</summary>
    public SourceLocation? Property(string name) =>
        Locate(properties.LastOrDefault(e => Same(e.Name.LocalName, name)));

    /// <summary>Where an item is given this metadata: by its own name, by an expression that made it, or by a definition for all.</summary>
    public SourceLocation? Metadata(string model, string name)
    {
        IEnumerable<XElement> candidates = items.Where(i => Names(i, model)).Reverse()
            .Concat(items.Where(i => Target(i).IndexOf('(') >= 0)).Concat(items.Where(i => Target(i).Length == 0));
        foreach (XElement item in candidates)
        {
            XObject? found = (XObject?)item.Attributes().FirstOrDefault(a => Same(a.Name.LocalName, name))
                ?? item.Elements().LastOrDefault(e => Same(e.Name.LocalName, name));
            if (found is not null) return Locate(found);
        }
        return null;
    }

    public SourceLocation? Model(string model) => Locate(items.FirstOrDefault(i => Names(i, model)));

    private static bool Names(XElement item, string model) => Target(item).Split(';').Any(part => Same(part.Trim(), model));

    private static string Target(XElement item) => ((string?)item.Attribute("Include") ?? (string?)item.Attribute("Update") ?? "").Trim();

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private SourceLocation? Locate(XObject? node) => node is null ? null : Position(node);

    // An element's own position is that of its name; MSBuild points at the bracket before it.
    private SourceLocation Position(IXmlLineInfo node) => new(path, node.LineNumber, node is XElement ? node.LinePosition - 1 : node.LinePosition);
}
