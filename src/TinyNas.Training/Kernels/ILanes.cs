namespace TinyNas.Training;

/// <summary>
/// One width of SIMD: <typeparamref name="V"/> holds <see cref="Width"/> of the 16 samples that stand side by side in
/// every buffer. A kernel is written once over these operations and walks the 16 lanes in 16 / Width strides. No
/// operation crosses lanes and each is correctly rounded, so every width gives the same bits in every lane.
/// </summary>
/// <remarks>Kernels hold plain <typeparamref name="V"/> locals, not wrappers: that is what the JIT keeps in registers.</remarks>
internal unsafe interface ILanes<V> where V : unmanaged
{
    static abstract int Width { get; }

    /// <summary>Vector registers that the machine has for a tile of accumulators and its operands.</summary>
    static abstract int Registers { get; }

    static abstract V Load(float* source);
    static abstract void Store(V value, float* target);
    static abstract V Create(float value);
    static abstract V Add(V a, V b);
    static abstract V Subtract(V a, V b);
    static abstract V Multiply(V a, V b);
    static abstract V Divide(V a, V b);
    static abstract V SquareRoot(V a);

    /// <summary>a × b + c, rounded once.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary>2 to the power of each lane, which holds a whole number from -126 to 127.</summary>
    static abstract V PowerOfTwo(V exponent);

    /// <summary>a &gt; b ? a : b in each lane; so <c>Max(0, NaN)</c> is NaN, and a broken network shows in its loss.</summary>
    static abstract V Max(V a, V b);

    /// <summary>a &gt; b ? then : otherwise in each lane.</summary>
    static abstract V WhereGreater(V a, V b, V then, V otherwise);

    /// <summary>a == b ? then : otherwise in each lane.</summary>
    static abstract V WhereEqual(V a, V b, V then, V otherwise);
}
