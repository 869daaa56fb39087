using System.Collections.Immutable;

namespace TinyNas.Data;

/// <summary>
/// One kind of data on disk. To add a reader:
/// 1. write a class that implements this; <see cref="CanRead"/> looks at names only and is cheap;
/// 2. report labels as text, in a fixed order of files (ordinal by relative path): numbering, hashing, single-class
///    and test-set checks are done for all kinds alike;
/// 3. set <see cref="RawSamples.Groups"/> where samples overlap or are pieces of one recording;
/// 4. throw <see cref="DataErrors"/> with the file's name for whatever is wrong with it;
/// 5. put it into the list in <see cref="DataSetReader"/>, before readers that would also accept its paths;
/// 6. test: counts and values of a generated example, one and many threads equal, each diagnostic, random damage.
/// </summary>
internal interface IDataReader
{
    /// <summary>What it reads, in the plural, for messages.</summary>
    string Kind { get; }

    /// <summary>Settings besides Data and Input that mean something to this kind: of Label, Group, Window, Stride.</summary>
    ImmutableArray<string> Settings { get; }

    bool CanRead(DataOptions options);

    RawSamples Read(DataOptions options);
}
