using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>
/// What happens between a step's gradients and the next step's weights: <see cref="WeightUpdate"/> in tensors. The scalars are those of the
/// managed kernels, for torch's own optimisers know one convention.
/// </summary>
internal sealed class TorchUpdate : IDisposable
{
    private readonly Optimizer optimizer;
    private readonly Tensor weights;
    private readonly Tensor[] states;

    public TorchUpdate(Optimizer optimizer, Tensor weights)
    {
        (this.optimizer, this.weights) = (optimizer, weights);
        states = [.. Enumerable.Range(0, optimizer.States).Select(_ => weights.clone().fill_(optimizer.InitialState))];
        Average = optimizer.WeightAverage > 0 ? weights.clone() : null;
    }

    /// <summary>Moving average of the weights; null: none.</summary>
    public Tensor? Average { get; }

    /// <summary>Everything that a run goes on from, but for the weights.</summary>
    public IEnumerable<Tensor> Persistent => Average is null ? states : [.. states, Average];

    /// <param name="kept">0 where a weight is to stay as it is and 1 elsewhere; null: 1 everywhere.</param>
    /// <param name="step">Steps taken before this one.</param>
    public void Run(IList<Tensor> gradients, Tensor? kept, long step, double rate)
    {
        Tensor g = cat([.. gradients.Select(gradient => gradient.reshape(-1))], 0);
        if (kept is not null) g.mul_(kept);
        if (optimizer.ClipValue > 0) g.clamp_(-optimizer.ClipValue, optimizer.ClipValue);
        if (optimizer.ClipNorm > 0) ClipNorm(g);
        if (optimizer.WeightDecay > 0) Decay(g, rate);
        Move(g, step + 1, rate);
        Average?.add_(weights.sub(Average), 1 - Math.Min(optimizer.WeightAverage, (1.0 + step) / (10.0 + step)));
    }

    public void Dispose()
    {
        foreach (Tensor state in Persistent) state.Dispose();
    }

    private void ClipNorm(Tensor g)
    {
        double norm = Math.Sqrt(g.mul(g).sum(float64).item<double>());
        if (norm > optimizer.ClipNorm) g.mul_(optimizer.ClipNorm / norm);
    }

    private void Decay(Tensor g, double rate)
    {
        if (optimizer.DecaysWeights) weights.mul_(1 - rate * optimizer.WeightDecay);
        else g.add_(weights, optimizer.WeightDecay);
    }

    private void Move(Tensor g, long step, double rate)
    {
        switch (optimizer)
        {
            case Sgd sgd:
                Velocity(g, VelocityStep.Of(sgd.Convention, sgd.Momentum, rate), states.ElementAtOrDefault(0), sgd.Nesterov);
                break;
            case Adam adam:
                Adam(g, adam.At(step, rate));
                break;
            case Adamax adamax:
                Adamax(g, adamax.At(step, rate));
                break;
            case RmsProp prop:
                Velocity(g.div_(Root(g, RootStep.Of(prop.Convention, prop.Rho, prop.Epsilon))),
                    VelocityStep.Of(prop.Convention, prop.Momentum, rate), states.ElementAtOrDefault(1), nesterov: false);
                break;
            case Adagrad adagrad:
                RootStep root = RootStep.Of(adagrad.Convention, 0, adagrad.Epsilon);
                states[0].addcmul_(g, g, 1);
                weights.addcdiv_(g, states[0].add(root.Inside).sqrt_().add_(root.Outside), -rate);
                break;
            case Adadelta adadelta:
                Adadelta(g, RootStep.Of(OptimizerConvention.Keras, adadelta.Rho, adadelta.Epsilon), rate);
                break;
            default: throw new InvalidOperationException(optimizer.GetType().Name);
        }
    }

    /// <summary>Gradient descent with momentum, of gradients or of what a method makes of them.</summary>
    private void Velocity(Tensor change, VelocityStep step, Tensor? velocity, bool nesterov)
    {
        change.mul_(step.FromStep);
        if (velocity is not null)
        {
            velocity.mul_(step.Momentum).add_(change);
            if (nesterov) change.add_(velocity, step.Momentum);
            else change = velocity;
        }
        weights.add_(change, step.ToWeight);
    }

    private void Adam(Tensor g, AdamStep step)
    {
        Approach(states[0], g, step.Fresh1);
        Approach(states[1], g.mul(g), step.Fresh2);
        weights.addcdiv_(states[0], states[1].sqrt().mul_(step.DeviationScale).add_(step.Epsilon), -step.Rate);
    }

    private void Adamax(Tensor g, AdamaxStep step)
    {
        Approach(states[0], g, step.Fresh1);
        states[1].copy_(states[1].mul_(step.Beta2).maximum(g.abs().add_(step.OnGradient)));
        weights.addcdiv_(states[0], states[1].add(step.OnLargest), -step.Rate);
    }

    private void Adadelta(Tensor g, RootStep root, double rate)
    {
        Approach(states[0], g.mul(g), root.Fresh);
        Tensor change = states[1].add(root.Inside).sqrt_().div_(states[0].add(root.Inside).sqrt_()).mul_(g);
        Approach(states[1], change.mul(change), root.Fresh);
        weights.add_(change, -rate);
    }

    /// <summary>Takes a new square into the mean of squares and gives its root.</summary>
    private Tensor Root(Tensor g, RootStep root)
    {
        Approach(states[0], g.mul(g), root.Fresh);
        return states[0].add(root.Inside).sqrt_().add_(root.Outside);
    }

    private static void Approach(Tensor mean, Tensor value, float share) => mean.add_(value.sub(mean), share);
}
