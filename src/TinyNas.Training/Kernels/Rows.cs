using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>
/// A few vectors that live in registers: neighbouring pixels of one channel (convolution) or channels of one pixel
/// (weight gradient). Strides are in floats. RyuJIT keeps neither arrays nor inline arrays in registers, but it does
/// promote every field of such structs, nested ones too: a tile of 4 channels x 6 pixels becomes 24 registers, measured
/// within 2 % of the same kernel with 24 written-out locals.
/// </summary>
internal unsafe interface IRow<V, TRow> where V : unmanaged where TRow : unmanaged, IRow<V, TRow>
{
    static abstract int Length { get; }
    static abstract TRow Fill(V value);
    static abstract TRow Load(float* source, nint stride);
    static abstract void Store(TRow row, float* target, nint stride);

    /// <summary>a × x + sum, element by element.</summary>
    static abstract TRow MultiplyAdd(V a, TRow x, TRow sum);

    /// <summary>Adds the elements to <paramref name="sum"/>, first to last.</summary>
    static abstract V AddTo(V sum, TRow row);

    /// <summary>Adds the squares of the elements to <paramref name="sum"/>, first to last.</summary>
    static abstract V AddSquaresTo(V sum, TRow row);

    /// <summary>Adds the products of the elements to <paramref name="sum"/>, first to last.</summary>
    static abstract V AddProductsTo(V sum, TRow a, TRow b);
}

internal unsafe struct Row1<L, V> : IRow<V, Row1<L, V>> where L : struct, ILanes<V> where V : unmanaged
{
    private V v0;

    public static int Length => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row1<L, V> Fill(V value) => new() { v0 = value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row1<L, V> Load(float* p, nint stride) => new()
    {
        v0 = L.Load(p),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Row1<L, V> r, float* p, nint stride)
    {
        L.Store(r.v0, p);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row1<L, V> MultiplyAdd(V a, Row1<L, V> x, Row1<L, V> r) => new()
    {
        v0 = L.MultiplyAdd(a, x.v0, r.v0),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddTo(V sum, Row1<L, V> r) => L.Add(sum, r.v0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddSquaresTo(V sum, Row1<L, V> r)
    {
        sum = L.MultiplyAdd(r.v0, r.v0, sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddProductsTo(V sum, Row1<L, V> a, Row1<L, V> b)
    {
        sum = L.MultiplyAdd(a.v0, b.v0, sum);
        return sum;
    }
}

internal unsafe struct Row2<L, V> : IRow<V, Row2<L, V>> where L : struct, ILanes<V> where V : unmanaged
{
    private V v0, v1;

    public static int Length => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row2<L, V> Fill(V value) => new() { v0 = value, v1 = value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row2<L, V> Load(float* p, nint stride) => new()
    {
        v0 = L.Load(p), v1 = L.Load(p + stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Row2<L, V> r, float* p, nint stride)
    {
        L.Store(r.v0, p); L.Store(r.v1, p + stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row2<L, V> MultiplyAdd(V a, Row2<L, V> x, Row2<L, V> r) => new()
    {
        v0 = L.MultiplyAdd(a, x.v0, r.v0), v1 = L.MultiplyAdd(a, x.v1, r.v1),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddTo(V sum, Row2<L, V> r) => L.Add(L.Add(sum, r.v0), r.v1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddSquaresTo(V sum, Row2<L, V> r)
    {
        sum = L.MultiplyAdd(r.v0, r.v0, sum); sum = L.MultiplyAdd(r.v1, r.v1, sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddProductsTo(V sum, Row2<L, V> a, Row2<L, V> b)
    {
        sum = L.MultiplyAdd(a.v0, b.v0, sum); sum = L.MultiplyAdd(a.v1, b.v1, sum);
        return sum;
    }
}

internal unsafe struct Row3<L, V> : IRow<V, Row3<L, V>> where L : struct, ILanes<V> where V : unmanaged
{
    private V v0, v1, v2;

    public static int Length => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row3<L, V> Fill(V value) => new() { v0 = value, v1 = value, v2 = value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row3<L, V> Load(float* p, nint stride) => new()
    {
        v0 = L.Load(p), v1 = L.Load(p + stride), v2 = L.Load(p + 2 * stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Row3<L, V> r, float* p, nint stride)
    {
        L.Store(r.v0, p); L.Store(r.v1, p + stride); L.Store(r.v2, p + 2 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row3<L, V> MultiplyAdd(V a, Row3<L, V> x, Row3<L, V> r) => new()
    {
        v0 = L.MultiplyAdd(a, x.v0, r.v0), v1 = L.MultiplyAdd(a, x.v1, r.v1), v2 = L.MultiplyAdd(a, x.v2, r.v2),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddTo(V sum, Row3<L, V> r) => L.Add(L.Add(L.Add(sum, r.v0), r.v1), r.v2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddSquaresTo(V sum, Row3<L, V> r)
    {
        sum = L.MultiplyAdd(r.v0, r.v0, sum); sum = L.MultiplyAdd(r.v1, r.v1, sum);
        sum = L.MultiplyAdd(r.v2, r.v2, sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddProductsTo(V sum, Row3<L, V> a, Row3<L, V> b)
    {
        sum = L.MultiplyAdd(a.v0, b.v0, sum); sum = L.MultiplyAdd(a.v1, b.v1, sum);
        sum = L.MultiplyAdd(a.v2, b.v2, sum);
        return sum;
    }
}

internal unsafe struct Row4<L, V> : IRow<V, Row4<L, V>> where L : struct, ILanes<V> where V : unmanaged
{
    private V v0, v1, v2, v3;

    public static int Length => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row4<L, V> Fill(V value) => new() { v0 = value, v1 = value, v2 = value, v3 = value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row4<L, V> Load(float* p, nint stride) => new()
    {
        v0 = L.Load(p), v1 = L.Load(p + stride), v2 = L.Load(p + 2 * stride), v3 = L.Load(p + 3 * stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Row4<L, V> r, float* p, nint stride)
    {
        L.Store(r.v0, p); L.Store(r.v1, p + stride); L.Store(r.v2, p + 2 * stride); L.Store(r.v3, p + 3 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row4<L, V> MultiplyAdd(V a, Row4<L, V> x, Row4<L, V> r) => new()
    {
        v0 = L.MultiplyAdd(a, x.v0, r.v0), v1 = L.MultiplyAdd(a, x.v1, r.v1), v2 = L.MultiplyAdd(a, x.v2, r.v2),
        v3 = L.MultiplyAdd(a, x.v3, r.v3),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddTo(V sum, Row4<L, V> r) => L.Add(L.Add(L.Add(L.Add(sum, r.v0), r.v1), r.v2), r.v3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddSquaresTo(V sum, Row4<L, V> r)
    {
        sum = L.MultiplyAdd(r.v0, r.v0, sum); sum = L.MultiplyAdd(r.v1, r.v1, sum);
        sum = L.MultiplyAdd(r.v2, r.v2, sum); sum = L.MultiplyAdd(r.v3, r.v3, sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddProductsTo(V sum, Row4<L, V> a, Row4<L, V> b)
    {
        sum = L.MultiplyAdd(a.v0, b.v0, sum); sum = L.MultiplyAdd(a.v1, b.v1, sum);
        sum = L.MultiplyAdd(a.v2, b.v2, sum); sum = L.MultiplyAdd(a.v3, b.v3, sum);
        return sum;
    }
}

internal unsafe struct Row5<L, V> : IRow<V, Row5<L, V>> where L : struct, ILanes<V> where V : unmanaged
{
    private V v0, v1, v2, v3, v4;

    public static int Length => 5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row5<L, V> Fill(V value) => new() { v0 = value, v1 = value, v2 = value, v3 = value, v4 = value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row5<L, V> Load(float* p, nint stride) => new()
    {
        v0 = L.Load(p), v1 = L.Load(p + stride), v2 = L.Load(p + 2 * stride), v3 = L.Load(p + 3 * stride),
        v4 = L.Load(p + 4 * stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Row5<L, V> r, float* p, nint stride)
    {
        L.Store(r.v0, p); L.Store(r.v1, p + stride); L.Store(r.v2, p + 2 * stride); L.Store(r.v3, p + 3 * stride);
        L.Store(r.v4, p + 4 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row5<L, V> MultiplyAdd(V a, Row5<L, V> x, Row5<L, V> r) => new()
    {
        v0 = L.MultiplyAdd(a, x.v0, r.v0), v1 = L.MultiplyAdd(a, x.v1, r.v1), v2 = L.MultiplyAdd(a, x.v2, r.v2),
        v3 = L.MultiplyAdd(a, x.v3, r.v3), v4 = L.MultiplyAdd(a, x.v4, r.v4),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddTo(V sum, Row5<L, V> r) => L.Add(L.Add(L.Add(L.Add(L.Add(sum, r.v0), r.v1), r.v2), r.v3), r.v4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddSquaresTo(V sum, Row5<L, V> r)
    {
        sum = L.MultiplyAdd(r.v0, r.v0, sum); sum = L.MultiplyAdd(r.v1, r.v1, sum);
        sum = L.MultiplyAdd(r.v2, r.v2, sum); sum = L.MultiplyAdd(r.v3, r.v3, sum);
        sum = L.MultiplyAdd(r.v4, r.v4, sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddProductsTo(V sum, Row5<L, V> a, Row5<L, V> b)
    {
        sum = L.MultiplyAdd(a.v0, b.v0, sum); sum = L.MultiplyAdd(a.v1, b.v1, sum);
        sum = L.MultiplyAdd(a.v2, b.v2, sum); sum = L.MultiplyAdd(a.v3, b.v3, sum);
        sum = L.MultiplyAdd(a.v4, b.v4, sum);
        return sum;
    }
}

internal unsafe struct Row6<L, V> : IRow<V, Row6<L, V>> where L : struct, ILanes<V> where V : unmanaged
{
    private V v0, v1, v2, v3, v4, v5;

    public static int Length => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row6<L, V> Fill(V value) => new() { v0 = value, v1 = value, v2 = value, v3 = value, v4 = value, v5 = value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row6<L, V> Load(float* p, nint stride) => new()
    {
        v0 = L.Load(p), v1 = L.Load(p + stride), v2 = L.Load(p + 2 * stride), v3 = L.Load(p + 3 * stride),
        v4 = L.Load(p + 4 * stride), v5 = L.Load(p + 5 * stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Row6<L, V> r, float* p, nint stride)
    {
        L.Store(r.v0, p); L.Store(r.v1, p + stride); L.Store(r.v2, p + 2 * stride); L.Store(r.v3, p + 3 * stride);
        L.Store(r.v4, p + 4 * stride); L.Store(r.v5, p + 5 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row6<L, V> MultiplyAdd(V a, Row6<L, V> x, Row6<L, V> r) => new()
    {
        v0 = L.MultiplyAdd(a, x.v0, r.v0), v1 = L.MultiplyAdd(a, x.v1, r.v1), v2 = L.MultiplyAdd(a, x.v2, r.v2),
        v3 = L.MultiplyAdd(a, x.v3, r.v3), v4 = L.MultiplyAdd(a, x.v4, r.v4), v5 = L.MultiplyAdd(a, x.v5, r.v5),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddTo(V sum, Row6<L, V> r) => L.Add(L.Add(L.Add(L.Add(L.Add(L.Add(sum, r.v0), r.v1), r.v2), r.v3), r.v4), r.v5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddSquaresTo(V sum, Row6<L, V> r)
    {
        sum = L.MultiplyAdd(r.v0, r.v0, sum); sum = L.MultiplyAdd(r.v1, r.v1, sum);
        sum = L.MultiplyAdd(r.v2, r.v2, sum); sum = L.MultiplyAdd(r.v3, r.v3, sum);
        sum = L.MultiplyAdd(r.v4, r.v4, sum); sum = L.MultiplyAdd(r.v5, r.v5, sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddProductsTo(V sum, Row6<L, V> a, Row6<L, V> b)
    {
        sum = L.MultiplyAdd(a.v0, b.v0, sum); sum = L.MultiplyAdd(a.v1, b.v1, sum);
        sum = L.MultiplyAdd(a.v2, b.v2, sum); sum = L.MultiplyAdd(a.v3, b.v3, sum);
        sum = L.MultiplyAdd(a.v4, b.v4, sum); sum = L.MultiplyAdd(a.v5, b.v5, sum);
        return sum;
    }
}

internal unsafe struct Row7<L, V> : IRow<V, Row7<L, V>> where L : struct, ILanes<V> where V : unmanaged
{
    private V v0, v1, v2, v3, v4, v5, v6;

    public static int Length => 7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row7<L, V> Fill(V value) => new() { v0 = value, v1 = value, v2 = value, v3 = value, v4 = value, v5 = value, v6 = value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row7<L, V> Load(float* p, nint stride) => new()
    {
        v0 = L.Load(p), v1 = L.Load(p + stride), v2 = L.Load(p + 2 * stride), v3 = L.Load(p + 3 * stride),
        v4 = L.Load(p + 4 * stride), v5 = L.Load(p + 5 * stride), v6 = L.Load(p + 6 * stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Row7<L, V> r, float* p, nint stride)
    {
        L.Store(r.v0, p); L.Store(r.v1, p + stride); L.Store(r.v2, p + 2 * stride); L.Store(r.v3, p + 3 * stride);
        L.Store(r.v4, p + 4 * stride); L.Store(r.v5, p + 5 * stride); L.Store(r.v6, p + 6 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row7<L, V> MultiplyAdd(V a, Row7<L, V> x, Row7<L, V> r) => new()
    {
        v0 = L.MultiplyAdd(a, x.v0, r.v0), v1 = L.MultiplyAdd(a, x.v1, r.v1), v2 = L.MultiplyAdd(a, x.v2, r.v2),
        v3 = L.MultiplyAdd(a, x.v3, r.v3), v4 = L.MultiplyAdd(a, x.v4, r.v4), v5 = L.MultiplyAdd(a, x.v5, r.v5),
        v6 = L.MultiplyAdd(a, x.v6, r.v6),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddTo(V sum, Row7<L, V> r) => L.Add(L.Add(L.Add(L.Add(L.Add(L.Add(L.Add(sum, r.v0), r.v1), r.v2), r.v3), r.v4), r.v5), r.v6);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddSquaresTo(V sum, Row7<L, V> r)
    {
        sum = L.MultiplyAdd(r.v0, r.v0, sum); sum = L.MultiplyAdd(r.v1, r.v1, sum);
        sum = L.MultiplyAdd(r.v2, r.v2, sum); sum = L.MultiplyAdd(r.v3, r.v3, sum);
        sum = L.MultiplyAdd(r.v4, r.v4, sum); sum = L.MultiplyAdd(r.v5, r.v5, sum);
        sum = L.MultiplyAdd(r.v6, r.v6, sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddProductsTo(V sum, Row7<L, V> a, Row7<L, V> b)
    {
        sum = L.MultiplyAdd(a.v0, b.v0, sum); sum = L.MultiplyAdd(a.v1, b.v1, sum);
        sum = L.MultiplyAdd(a.v2, b.v2, sum); sum = L.MultiplyAdd(a.v3, b.v3, sum);
        sum = L.MultiplyAdd(a.v4, b.v4, sum); sum = L.MultiplyAdd(a.v5, b.v5, sum);
        sum = L.MultiplyAdd(a.v6, b.v6, sum);
        return sum;
    }
}

internal unsafe struct Row8<L, V> : IRow<V, Row8<L, V>> where L : struct, ILanes<V> where V : unmanaged
{
    private V v0, v1, v2, v3, v4, v5, v6, v7;

    public static int Length => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row8<L, V> Fill(V value) => new() { v0 = value, v1 = value, v2 = value, v3 = value, v4 = value, v5 = value, v6 = value, v7 = value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row8<L, V> Load(float* p, nint stride) => new()
    {
        v0 = L.Load(p), v1 = L.Load(p + stride), v2 = L.Load(p + 2 * stride), v3 = L.Load(p + 3 * stride),
        v4 = L.Load(p + 4 * stride), v5 = L.Load(p + 5 * stride), v6 = L.Load(p + 6 * stride),
        v7 = L.Load(p + 7 * stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Row8<L, V> r, float* p, nint stride)
    {
        L.Store(r.v0, p); L.Store(r.v1, p + stride); L.Store(r.v2, p + 2 * stride); L.Store(r.v3, p + 3 * stride);
        L.Store(r.v4, p + 4 * stride); L.Store(r.v5, p + 5 * stride); L.Store(r.v6, p + 6 * stride);
        L.Store(r.v7, p + 7 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row8<L, V> MultiplyAdd(V a, Row8<L, V> x, Row8<L, V> r) => new()
    {
        v0 = L.MultiplyAdd(a, x.v0, r.v0), v1 = L.MultiplyAdd(a, x.v1, r.v1), v2 = L.MultiplyAdd(a, x.v2, r.v2),
        v3 = L.MultiplyAdd(a, x.v3, r.v3), v4 = L.MultiplyAdd(a, x.v4, r.v4), v5 = L.MultiplyAdd(a, x.v5, r.v5),
        v6 = L.MultiplyAdd(a, x.v6, r.v6), v7 = L.MultiplyAdd(a, x.v7, r.v7),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddTo(V sum, Row8<L, V> r) => L.Add(L.Add(L.Add(L.Add(L.Add(L.Add(L.Add(L.Add(sum, r.v0), r.v1), r.v2), r.v3), r.v4), r.v5), r.v6), r.v7);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddSquaresTo(V sum, Row8<L, V> r)
    {
        sum = L.MultiplyAdd(r.v0, r.v0, sum); sum = L.MultiplyAdd(r.v1, r.v1, sum);
        sum = L.MultiplyAdd(r.v2, r.v2, sum); sum = L.MultiplyAdd(r.v3, r.v3, sum);
        sum = L.MultiplyAdd(r.v4, r.v4, sum); sum = L.MultiplyAdd(r.v5, r.v5, sum);
        sum = L.MultiplyAdd(r.v6, r.v6, sum); sum = L.MultiplyAdd(r.v7, r.v7, sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddProductsTo(V sum, Row8<L, V> a, Row8<L, V> b)
    {
        sum = L.MultiplyAdd(a.v0, b.v0, sum); sum = L.MultiplyAdd(a.v1, b.v1, sum);
        sum = L.MultiplyAdd(a.v2, b.v2, sum); sum = L.MultiplyAdd(a.v3, b.v3, sum);
        sum = L.MultiplyAdd(a.v4, b.v4, sum); sum = L.MultiplyAdd(a.v5, b.v5, sum);
        sum = L.MultiplyAdd(a.v6, b.v6, sum); sum = L.MultiplyAdd(a.v7, b.v7, sum);
        return sum;
    }
}
