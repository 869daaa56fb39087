namespace TinyNas.Training;

/// <summary>A function of one value and its derivative, with a number of the layer's (<see cref="LeakyRelu.Slope"/>) that most ignore.</summary>
internal interface IElementFunction<L, V> where L : struct, ILanes<V> where V : unmanaged
{
    static abstract V Apply(V x, V number);

    /// <summary>Gradient with respect to x, given the one with respect to the output.</summary>
    static abstract V Gradient(V x, V gradient, V number);
}
