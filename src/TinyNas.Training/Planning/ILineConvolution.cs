namespace TinyNas.Training;

/// <summary>Computes one line of output pixels at a time, from weights that are packed once per step.</summary>
internal unsafe interface ILineConvolution
{
    /// <summary>To be called once after the arena is committed.</summary>
    void Bind();

    void Pack(float* weights);

    /// <param name="input">The first pixel's position, before the offset of the first tap.</param>
    /// <param name="moments">[channel][sum, sum of squares][16], added to; may be null.</param>
    void Line(float* input, float* bias, float* output, float* moments);
}

/// <summary>Sums the gradients of weights over lines of pixels, and over the lanes at the end of a step.</summary>
internal unsafe interface IWeightGradient
{
    void Bind();

    void Clear();

    /// <summary>Adds the products of <paramref name="rows"/> lines.</summary>
    void Add(float* input, float* gradient, int rows);

    /// <summary>Sums the lanes: gradients[channel][tap].</summary>
    void Finish(float* gradients);
}
