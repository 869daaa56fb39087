namespace TinyNas.Training;

/// <summary>What layers need while they are laid out.</summary>
internal sealed record PlanContext(Arena Arena, KernelSet Kernels, ParameterStore Parameters, StepClock Clock, int Blocks, ulong Seed);
