using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TinyNas.Generators.Tests;

/// <summary>What the generator made, and the user's assembly with it.</summary>
internal sealed record GeneratorResult(CSharpCompilation Compilation, GeneratorRunResult Run)
{
    public IEnumerable<string> Codes => Run.Diagnostics.Select(d => d.Id);

    public string Source(string hint) => Run.GeneratedSources.Single(s => s.HintName.Contains(hint, StringComparison.Ordinal)).SourceText.ToString();

    /// <summary>Compiles; fails the test with the first errors and warnings.</summary>
    public byte[] Emit()
    {
        Assert.IsNull(Run.Exception, Run.Exception?.ToString());
        Assert.IsEmpty(Run.Diagnostics, string.Join("\n", Run.Diagnostics));
        using var stream = new MemoryStream();
        var result = Compilation.Emit(stream);
        var problems = result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Take(20).ToList();
        Assert.IsTrue(result.Success && problems.Count == 0, string.Join("\n", problems));
        return stream.ToArray();
    }

    /// <summary>A delegate to a public static method of the user's sources.</summary>
    public T Load<T>(string type, string method) where T : Delegate
    {
        var context = new AssemblyLoadContext(null, isCollectible: true);
        Assembly assembly = context.LoadFromStream(new MemoryStream(Emit()));
        return assembly.GetType(type, throwOnError: true)!.GetMethod(method)!.CreateDelegate<T>();
    }

    /// <summary>Delegates to all public static methods of the user's type that have the delegate's signature, by name.</summary>
    public Dictionary<string, T> LoadAll<T>(string type) where T : Delegate
    {
        var context = new AssemblyLoadContext(null, isCollectible: true);
        Assembly assembly = context.LoadFromStream(new MemoryStream(Emit()));
        return assembly.GetType(type, throwOnError: true)!.GetMethods(BindingFlags.Public | BindingFlags.Static).ToDictionary(m => m.Name, m => m.CreateDelegate<T>());
    }
}
