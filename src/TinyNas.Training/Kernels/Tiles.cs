using System.Runtime.CompilerServices;

namespace TinyNas.Training;

/// <summary>
/// Rows stacked to a register tile: output channels × pixels (convolution) or taps × channels (weight gradient). Shapes
/// from 1 × 1 to 8 × 8 are compositions of the structs here with those of <see cref="IRow{V, TRow}"/>.
/// </summary>
internal unsafe interface ITile<V, TRow, TTile>
    where V : unmanaged where TRow : unmanaged, IRow<V, TRow> where TTile : unmanaged, ITile<V, TRow, TTile>
{
    static abstract int Height { get; }

    /// <summary>Row i holds scalar i everywhere.</summary>
    static abstract TTile Fill(float* scalars);
    static abstract TTile Load(float* source, nint tileStride, nint rowStride);
    static abstract void Store(TTile tile, float* target, nint tileStride, nint rowStride);

    /// <summary>row i += scalar i × x, the scalars being <paramref name="stride"/> floats apart.</summary>
    static abstract TTile AddScaled(float* scalars, nint stride, TRow x, TTile tile);

    /// <summary>row i += vector i × x, the vectors being 16 floats apart.</summary>
    static abstract TTile AddProducts(float* vectors, TRow x, TTile tile);

    /// <summary>Adds each row's sum and sum of squares to the pair of vectors at <paramref name="sums"/> + 32 i.</summary>
    static abstract void AddMoments(TTile tile, float* sums);
}

internal unsafe struct Tile1<L, V, TRow> : ITile<V, TRow, Tile1<L, V, TRow>>
    where L : struct, ILanes<V> where V : unmanaged where TRow : unmanaged, IRow<V, TRow>
{
    private TRow r0;

    public static int Height => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile1<L, V, TRow> Fill(float* s) => new()
    {
        r0 = TRow.Fill(L.Create(s[0])),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile1<L, V, TRow> Load(float* p, nint step, nint stride) => new()
    {
        r0 = TRow.Load(p, stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Tile1<L, V, TRow> t, float* p, nint step, nint stride)
    {
        TRow.Store(t.r0, p, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile1<L, V, TRow> AddScaled(float* s, nint n, TRow x, Tile1<L, V, TRow> t) => new()
    {
        r0 = TRow.MultiplyAdd(L.Create(s[0]), x, t.r0),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile1<L, V, TRow> AddProducts(float* p, TRow x, Tile1<L, V, TRow> t) => new()
    {
        r0 = TRow.MultiplyAdd(L.Load(p), x, t.r0),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddMoments(Tile1<L, V, TRow> t, float* p)
    {
        Moments<L, V, TRow>.Add(t.r0, p);
    }
}

internal unsafe struct Tile2<L, V, TRow> : ITile<V, TRow, Tile2<L, V, TRow>>
    where L : struct, ILanes<V> where V : unmanaged where TRow : unmanaged, IRow<V, TRow>
{
    private TRow r0, r1;

    public static int Height => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile2<L, V, TRow> Fill(float* s) => new()
    {
        r0 = TRow.Fill(L.Create(s[0])), r1 = TRow.Fill(L.Create(s[1])),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile2<L, V, TRow> Load(float* p, nint step, nint stride) => new()
    {
        r0 = TRow.Load(p, stride), r1 = TRow.Load(p + step, stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Tile2<L, V, TRow> t, float* p, nint step, nint stride)
    {
        TRow.Store(t.r0, p, stride); TRow.Store(t.r1, p + step, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile2<L, V, TRow> AddScaled(float* s, nint n, TRow x, Tile2<L, V, TRow> t) => new()
    {
        r0 = TRow.MultiplyAdd(L.Create(s[0]), x, t.r0), r1 = TRow.MultiplyAdd(L.Create(s[n]), x, t.r1),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile2<L, V, TRow> AddProducts(float* p, TRow x, Tile2<L, V, TRow> t) => new()
    {
        r0 = TRow.MultiplyAdd(L.Load(p), x, t.r0), r1 = TRow.MultiplyAdd(L.Load(p + 16), x, t.r1),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddMoments(Tile2<L, V, TRow> t, float* p)
    {
        Moments<L, V, TRow>.Add(t.r0, p); Moments<L, V, TRow>.Add(t.r1, p + 32);
    }
}

internal unsafe struct Tile3<L, V, TRow> : ITile<V, TRow, Tile3<L, V, TRow>>
    where L : struct, ILanes<V> where V : unmanaged where TRow : unmanaged, IRow<V, TRow>
{
    private TRow r0, r1, r2;

    public static int Height => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile3<L, V, TRow> Fill(float* s) => new()
    {
        r0 = TRow.Fill(L.Create(s[0])), r1 = TRow.Fill(L.Create(s[1])), r2 = TRow.Fill(L.Create(s[2])),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile3<L, V, TRow> Load(float* p, nint step, nint stride) => new()
    {
        r0 = TRow.Load(p, stride), r1 = TRow.Load(p + step, stride), r2 = TRow.Load(p + 2 * step, stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Tile3<L, V, TRow> t, float* p, nint step, nint stride)
    {
        TRow.Store(t.r0, p, stride); TRow.Store(t.r1, p + step, stride); TRow.Store(t.r2, p + 2 * step, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile3<L, V, TRow> AddScaled(float* s, nint n, TRow x, Tile3<L, V, TRow> t) => new()
    {
        r0 = TRow.MultiplyAdd(L.Create(s[0]), x, t.r0), r1 = TRow.MultiplyAdd(L.Create(s[n]), x, t.r1),
        r2 = TRow.MultiplyAdd(L.Create(s[2 * n]), x, t.r2),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile3<L, V, TRow> AddProducts(float* p, TRow x, Tile3<L, V, TRow> t) => new()
    {
        r0 = TRow.MultiplyAdd(L.Load(p), x, t.r0), r1 = TRow.MultiplyAdd(L.Load(p + 16), x, t.r1),
        r2 = TRow.MultiplyAdd(L.Load(p + 32), x, t.r2),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddMoments(Tile3<L, V, TRow> t, float* p)
    {
        Moments<L, V, TRow>.Add(t.r0, p); Moments<L, V, TRow>.Add(t.r1, p + 32);
        Moments<L, V, TRow>.Add(t.r2, p + 64);
    }
}

internal unsafe struct Tile4<L, V, TRow> : ITile<V, TRow, Tile4<L, V, TRow>>
    where L : struct, ILanes<V> where V : unmanaged where TRow : unmanaged, IRow<V, TRow>
{
    private TRow r0, r1, r2, r3;

    public static int Height => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile4<L, V, TRow> Fill(float* s) => new()
    {
        r0 = TRow.Fill(L.Create(s[0])), r1 = TRow.Fill(L.Create(s[1])), r2 = TRow.Fill(L.Create(s[2])),
        r3 = TRow.Fill(L.Create(s[3])),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile4<L, V, TRow> Load(float* p, nint step, nint stride) => new()
    {
        r0 = TRow.Load(p, stride), r1 = TRow.Load(p + step, stride), r2 = TRow.Load(p + 2 * step, stride),
        r3 = TRow.Load(p + 3 * step, stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Tile4<L, V, TRow> t, float* p, nint step, nint stride)
    {
        TRow.Store(t.r0, p, stride); TRow.Store(t.r1, p + step, stride); TRow.Store(t.r2, p + 2 * step, stride);
        TRow.Store(t.r3, p + 3 * step, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile4<L, V, TRow> AddScaled(float* s, nint n, TRow x, Tile4<L, V, TRow> t) => new()
    {
        r0 = TRow.MultiplyAdd(L.Create(s[0]), x, t.r0), r1 = TRow.MultiplyAdd(L.Create(s[n]), x, t.r1),
        r2 = TRow.MultiplyAdd(L.Create(s[2 * n]), x, t.r2), r3 = TRow.MultiplyAdd(L.Create(s[3 * n]), x, t.r3),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile4<L, V, TRow> AddProducts(float* p, TRow x, Tile4<L, V, TRow> t) => new()
    {
        r0 = TRow.MultiplyAdd(L.Load(p), x, t.r0), r1 = TRow.MultiplyAdd(L.Load(p + 16), x, t.r1),
        r2 = TRow.MultiplyAdd(L.Load(p + 32), x, t.r2), r3 = TRow.MultiplyAdd(L.Load(p + 48), x, t.r3),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddMoments(Tile4<L, V, TRow> t, float* p)
    {
        Moments<L, V, TRow>.Add(t.r0, p); Moments<L, V, TRow>.Add(t.r1, p + 32);
        Moments<L, V, TRow>.Add(t.r2, p + 64); Moments<L, V, TRow>.Add(t.r3, p + 96);
    }
}

internal unsafe struct Tile5<L, V, TRow> : ITile<V, TRow, Tile5<L, V, TRow>>
    where L : struct, ILanes<V> where V : unmanaged where TRow : unmanaged, IRow<V, TRow>
{
    private TRow r0, r1, r2, r3, r4;

    public static int Height => 5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile5<L, V, TRow> Fill(float* s) => new()
    {
        r0 = TRow.Fill(L.Create(s[0])), r1 = TRow.Fill(L.Create(s[1])), r2 = TRow.Fill(L.Create(s[2])),
        r3 = TRow.Fill(L.Create(s[3])), r4 = TRow.Fill(L.Create(s[4])),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile5<L, V, TRow> Load(float* p, nint step, nint stride) => new()
    {
        r0 = TRow.Load(p, stride), r1 = TRow.Load(p + step, stride), r2 = TRow.Load(p + 2 * step, stride),
        r3 = TRow.Load(p + 3 * step, stride), r4 = TRow.Load(p + 4 * step, stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Tile5<L, V, TRow> t, float* p, nint step, nint stride)
    {
        TRow.Store(t.r0, p, stride); TRow.Store(t.r1, p + step, stride); TRow.Store(t.r2, p + 2 * step, stride);
        TRow.Store(t.r3, p + 3 * step, stride); TRow.Store(t.r4, p + 4 * step, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile5<L, V, TRow> AddScaled(float* s, nint n, TRow x, Tile5<L, V, TRow> t) => new()
    {
        r0 = TRow.MultiplyAdd(L.Create(s[0]), x, t.r0), r1 = TRow.MultiplyAdd(L.Create(s[n]), x, t.r1),
        r2 = TRow.MultiplyAdd(L.Create(s[2 * n]), x, t.r2), r3 = TRow.MultiplyAdd(L.Create(s[3 * n]), x, t.r3),
        r4 = TRow.MultiplyAdd(L.Create(s[4 * n]), x, t.r4),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile5<L, V, TRow> AddProducts(float* p, TRow x, Tile5<L, V, TRow> t) => new()
    {
        r0 = TRow.MultiplyAdd(L.Load(p), x, t.r0), r1 = TRow.MultiplyAdd(L.Load(p + 16), x, t.r1),
        r2 = TRow.MultiplyAdd(L.Load(p + 32), x, t.r2), r3 = TRow.MultiplyAdd(L.Load(p + 48), x, t.r3),
        r4 = TRow.MultiplyAdd(L.Load(p + 64), x, t.r4),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddMoments(Tile5<L, V, TRow> t, float* p)
    {
        Moments<L, V, TRow>.Add(t.r0, p); Moments<L, V, TRow>.Add(t.r1, p + 32);
        Moments<L, V, TRow>.Add(t.r2, p + 64); Moments<L, V, TRow>.Add(t.r3, p + 96);
        Moments<L, V, TRow>.Add(t.r4, p + 128);
    }
}

internal unsafe struct Tile6<L, V, TRow> : ITile<V, TRow, Tile6<L, V, TRow>>
    where L : struct, ILanes<V> where V : unmanaged where TRow : unmanaged, IRow<V, TRow>
{
    private TRow r0, r1, r2, r3, r4, r5;

    public static int Height => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile6<L, V, TRow> Fill(float* s) => new()
    {
        r0 = TRow.Fill(L.Create(s[0])), r1 = TRow.Fill(L.Create(s[1])), r2 = TRow.Fill(L.Create(s[2])),
        r3 = TRow.Fill(L.Create(s[3])), r4 = TRow.Fill(L.Create(s[4])), r5 = TRow.Fill(L.Create(s[5])),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile6<L, V, TRow> Load(float* p, nint step, nint stride) => new()
    {
        r0 = TRow.Load(p, stride), r1 = TRow.Load(p + step, stride), r2 = TRow.Load(p + 2 * step, stride),
        r3 = TRow.Load(p + 3 * step, stride), r4 = TRow.Load(p + 4 * step, stride),
        r5 = TRow.Load(p + 5 * step, stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Tile6<L, V, TRow> t, float* p, nint step, nint stride)
    {
        TRow.Store(t.r0, p, stride); TRow.Store(t.r1, p + step, stride); TRow.Store(t.r2, p + 2 * step, stride);
        TRow.Store(t.r3, p + 3 * step, stride); TRow.Store(t.r4, p + 4 * step, stride);
        TRow.Store(t.r5, p + 5 * step, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile6<L, V, TRow> AddScaled(float* s, nint n, TRow x, Tile6<L, V, TRow> t) => new()
    {
        r0 = TRow.MultiplyAdd(L.Create(s[0]), x, t.r0), r1 = TRow.MultiplyAdd(L.Create(s[n]), x, t.r1),
        r2 = TRow.MultiplyAdd(L.Create(s[2 * n]), x, t.r2), r3 = TRow.MultiplyAdd(L.Create(s[3 * n]), x, t.r3),
        r4 = TRow.MultiplyAdd(L.Create(s[4 * n]), x, t.r4), r5 = TRow.MultiplyAdd(L.Create(s[5 * n]), x, t.r5),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile6<L, V, TRow> AddProducts(float* p, TRow x, Tile6<L, V, TRow> t) => new()
    {
        r0 = TRow.MultiplyAdd(L.Load(p), x, t.r0), r1 = TRow.MultiplyAdd(L.Load(p + 16), x, t.r1),
        r2 = TRow.MultiplyAdd(L.Load(p + 32), x, t.r2), r3 = TRow.MultiplyAdd(L.Load(p + 48), x, t.r3),
        r4 = TRow.MultiplyAdd(L.Load(p + 64), x, t.r4), r5 = TRow.MultiplyAdd(L.Load(p + 80), x, t.r5),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddMoments(Tile6<L, V, TRow> t, float* p)
    {
        Moments<L, V, TRow>.Add(t.r0, p); Moments<L, V, TRow>.Add(t.r1, p + 32);
        Moments<L, V, TRow>.Add(t.r2, p + 64); Moments<L, V, TRow>.Add(t.r3, p + 96);
        Moments<L, V, TRow>.Add(t.r4, p + 128); Moments<L, V, TRow>.Add(t.r5, p + 160);
    }
}

internal unsafe struct Tile7<L, V, TRow> : ITile<V, TRow, Tile7<L, V, TRow>>
    where L : struct, ILanes<V> where V : unmanaged where TRow : unmanaged, IRow<V, TRow>
{
    private TRow r0, r1, r2, r3, r4, r5, r6;

    public static int Height => 7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile7<L, V, TRow> Fill(float* s) => new()
    {
        r0 = TRow.Fill(L.Create(s[0])), r1 = TRow.Fill(L.Create(s[1])), r2 = TRow.Fill(L.Create(s[2])),
        r3 = TRow.Fill(L.Create(s[3])), r4 = TRow.Fill(L.Create(s[4])), r5 = TRow.Fill(L.Create(s[5])),
        r6 = TRow.Fill(L.Create(s[6])),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile7<L, V, TRow> Load(float* p, nint step, nint stride) => new()
    {
        r0 = TRow.Load(p, stride), r1 = TRow.Load(p + step, stride), r2 = TRow.Load(p + 2 * step, stride),
        r3 = TRow.Load(p + 3 * step, stride), r4 = TRow.Load(p + 4 * step, stride),
        r5 = TRow.Load(p + 5 * step, stride), r6 = TRow.Load(p + 6 * step, stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Tile7<L, V, TRow> t, float* p, nint step, nint stride)
    {
        TRow.Store(t.r0, p, stride); TRow.Store(t.r1, p + step, stride); TRow.Store(t.r2, p + 2 * step, stride);
        TRow.Store(t.r3, p + 3 * step, stride); TRow.Store(t.r4, p + 4 * step, stride);
        TRow.Store(t.r5, p + 5 * step, stride); TRow.Store(t.r6, p + 6 * step, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile7<L, V, TRow> AddScaled(float* s, nint n, TRow x, Tile7<L, V, TRow> t) => new()
    {
        r0 = TRow.MultiplyAdd(L.Create(s[0]), x, t.r0), r1 = TRow.MultiplyAdd(L.Create(s[n]), x, t.r1),
        r2 = TRow.MultiplyAdd(L.Create(s[2 * n]), x, t.r2), r3 = TRow.MultiplyAdd(L.Create(s[3 * n]), x, t.r3),
        r4 = TRow.MultiplyAdd(L.Create(s[4 * n]), x, t.r4), r5 = TRow.MultiplyAdd(L.Create(s[5 * n]), x, t.r5),
        r6 = TRow.MultiplyAdd(L.Create(s[6 * n]), x, t.r6),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile7<L, V, TRow> AddProducts(float* p, TRow x, Tile7<L, V, TRow> t) => new()
    {
        r0 = TRow.MultiplyAdd(L.Load(p), x, t.r0), r1 = TRow.MultiplyAdd(L.Load(p + 16), x, t.r1),
        r2 = TRow.MultiplyAdd(L.Load(p + 32), x, t.r2), r3 = TRow.MultiplyAdd(L.Load(p + 48), x, t.r3),
        r4 = TRow.MultiplyAdd(L.Load(p + 64), x, t.r4), r5 = TRow.MultiplyAdd(L.Load(p + 80), x, t.r5),
        r6 = TRow.MultiplyAdd(L.Load(p + 96), x, t.r6),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddMoments(Tile7<L, V, TRow> t, float* p)
    {
        Moments<L, V, TRow>.Add(t.r0, p); Moments<L, V, TRow>.Add(t.r1, p + 32);
        Moments<L, V, TRow>.Add(t.r2, p + 64); Moments<L, V, TRow>.Add(t.r3, p + 96);
        Moments<L, V, TRow>.Add(t.r4, p + 128); Moments<L, V, TRow>.Add(t.r5, p + 160);
        Moments<L, V, TRow>.Add(t.r6, p + 192);
    }
}

internal unsafe struct Tile8<L, V, TRow> : ITile<V, TRow, Tile8<L, V, TRow>>
    where L : struct, ILanes<V> where V : unmanaged where TRow : unmanaged, IRow<V, TRow>
{
    private TRow r0, r1, r2, r3, r4, r5, r6, r7;

    public static int Height => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile8<L, V, TRow> Fill(float* s) => new()
    {
        r0 = TRow.Fill(L.Create(s[0])), r1 = TRow.Fill(L.Create(s[1])), r2 = TRow.Fill(L.Create(s[2])),
        r3 = TRow.Fill(L.Create(s[3])), r4 = TRow.Fill(L.Create(s[4])), r5 = TRow.Fill(L.Create(s[5])),
        r6 = TRow.Fill(L.Create(s[6])), r7 = TRow.Fill(L.Create(s[7])),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile8<L, V, TRow> Load(float* p, nint step, nint stride) => new()
    {
        r0 = TRow.Load(p, stride), r1 = TRow.Load(p + step, stride), r2 = TRow.Load(p + 2 * step, stride),
        r3 = TRow.Load(p + 3 * step, stride), r4 = TRow.Load(p + 4 * step, stride),
        r5 = TRow.Load(p + 5 * step, stride), r6 = TRow.Load(p + 6 * step, stride),
        r7 = TRow.Load(p + 7 * step, stride),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Tile8<L, V, TRow> t, float* p, nint step, nint stride)
    {
        TRow.Store(t.r0, p, stride); TRow.Store(t.r1, p + step, stride); TRow.Store(t.r2, p + 2 * step, stride);
        TRow.Store(t.r3, p + 3 * step, stride); TRow.Store(t.r4, p + 4 * step, stride);
        TRow.Store(t.r5, p + 5 * step, stride); TRow.Store(t.r6, p + 6 * step, stride);
        TRow.Store(t.r7, p + 7 * step, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile8<L, V, TRow> AddScaled(float* s, nint n, TRow x, Tile8<L, V, TRow> t) => new()
    {
        r0 = TRow.MultiplyAdd(L.Create(s[0]), x, t.r0), r1 = TRow.MultiplyAdd(L.Create(s[n]), x, t.r1),
        r2 = TRow.MultiplyAdd(L.Create(s[2 * n]), x, t.r2), r3 = TRow.MultiplyAdd(L.Create(s[3 * n]), x, t.r3),
        r4 = TRow.MultiplyAdd(L.Create(s[4 * n]), x, t.r4), r5 = TRow.MultiplyAdd(L.Create(s[5 * n]), x, t.r5),
        r6 = TRow.MultiplyAdd(L.Create(s[6 * n]), x, t.r6), r7 = TRow.MultiplyAdd(L.Create(s[7 * n]), x, t.r7),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tile8<L, V, TRow> AddProducts(float* p, TRow x, Tile8<L, V, TRow> t) => new()
    {
        r0 = TRow.MultiplyAdd(L.Load(p), x, t.r0), r1 = TRow.MultiplyAdd(L.Load(p + 16), x, t.r1),
        r2 = TRow.MultiplyAdd(L.Load(p + 32), x, t.r2), r3 = TRow.MultiplyAdd(L.Load(p + 48), x, t.r3),
        r4 = TRow.MultiplyAdd(L.Load(p + 64), x, t.r4), r5 = TRow.MultiplyAdd(L.Load(p + 80), x, t.r5),
        r6 = TRow.MultiplyAdd(L.Load(p + 96), x, t.r6), r7 = TRow.MultiplyAdd(L.Load(p + 112), x, t.r7),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddMoments(Tile8<L, V, TRow> t, float* p)
    {
        Moments<L, V, TRow>.Add(t.r0, p); Moments<L, V, TRow>.Add(t.r1, p + 32);
        Moments<L, V, TRow>.Add(t.r2, p + 64); Moments<L, V, TRow>.Add(t.r3, p + 96);
        Moments<L, V, TRow>.Add(t.r4, p + 128); Moments<L, V, TRow>.Add(t.r5, p + 160);
        Moments<L, V, TRow>.Add(t.r6, p + 192); Moments<L, V, TRow>.Add(t.r7, p + 224);
    }
}

internal static unsafe class Moments<L, V, TRow> where L : struct, ILanes<V> where V : unmanaged where TRow : unmanaged, IRow<V, TRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(TRow row, float* sums)
    {
        L.Store(TRow.AddTo(L.Load(sums), row), sums);
        L.Store(TRow.AddSquaresTo(L.Load(sums + 16), row), sums + 16);
    }
}
