using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>Seeds of trainings: a pure function of the search's seed and of what is trained, not of when.</summary>
internal static class TrialSeed
{
    public static ulong Of(ulong seed, string text) => RandomStream.Create(seed, RandomStream.KeyOf(text)).NextUInt64();
}
