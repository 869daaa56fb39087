namespace TinyNas.Training;

/// <summary>Sum of two or more maps of one shape.</summary>
public sealed record Add : Layer;

/// <summary>Product of two maps of one shape, or of a map and a 1 × 1 map with a factor per channel (squeeze and excitation).</summary>
public sealed record Multiply : Layer;

/// <summary>Channels of two or more maps of one height and width, one after the other.</summary>
public sealed record Concatenate : Layer;
