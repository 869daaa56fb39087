using System.Collections.Generic;

namespace TinyNas.Generators;

/// <summary>One file of TinyNas.Runtime: the types it declares and every identifier it mentions.</summary>
internal sealed record KernelFile(string Name, string Text, IReadOnlyList<string> Types, ISet<string> Words);
