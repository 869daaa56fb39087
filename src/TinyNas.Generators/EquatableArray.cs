using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace TinyNas.Generators;

/// <summary>
/// An immutable array with the equality of its elements. Incremental steps compare their models: an array that compares
/// by reference would make every step run again at every keystroke.
/// </summary>
internal sealed class EquatableArray<T>(IEnumerable<T> items) : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
    where T : IEquatable<T>
{
    public static readonly EquatableArray<T> Empty = new([]);

    private readonly T[] items = items.ToArray();

    public int Count => items.Length;

    public T this[int index] => items[index];

    public bool Equals(EquatableArray<T>? other) =>
        other is not null && (ReferenceEquals(this, other) || items.AsSpan().SequenceEqual(other.items));

    public override bool Equals(object? obj) => Equals(obj as EquatableArray<T>);

    public override int GetHashCode() => items.Aggregate(items.Length, (hash, item) => unchecked(hash * 31 + item.GetHashCode()));

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();
}
