using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

[TestClass]
public sealed class Conv2DEmitterTests : OperatorEmitterContract
{
    protected override OperatorCode Code => OperatorCode.Conv2D;

    internal override Graph Network() => new NetworkBuilder(1, 7, 9, 3, 5).Conv(3, 3, 3).Conv(6, 2, 3, 2, 1).Conv(7, 1, 1).Build();
}

[TestClass]
public sealed class PooledConv2DEmitterTests : OperatorEmitterContract
{
    protected override OperatorCode Code => OperatorCode.MaxPool2D;

    internal override Graph Network() =>
        new NetworkBuilder(2, 9, 11, 3, 5).Conv(5, 3, 3).Pool(OperatorCode.MaxPool2D, 2, 2, 2, 2).Conv(3, 3, 3).Pool(OperatorCode.MaxPool2D, 1, 2, 1, 2).Build();
}

[TestClass]
public sealed class DepthwiseConv2DEmitterTests : OperatorEmitterContract
{
    protected override OperatorCode Code => OperatorCode.DepthwiseConv2D;

    internal override Graph Network() => new NetworkBuilder(3, 7, 8, 3, 5).Depthwise(3, 3, 2, 2).Depthwise(2, 3).Build();
}

[TestClass]
public sealed class FullyConnectedEmitterTests : OperatorEmitterContract
{
    protected override OperatorCode Code => OperatorCode.FullyConnected;

    internal override Graph Network() => new NetworkBuilder(4, 1, 5, 3, 5).Dense(11, FusedActivation.Relu, perUnit: true).Dense(6, bias: false).Build();
}

[TestClass]
public sealed class MaxPool2DEmitterTests : OperatorEmitterContract
{
    protected override OperatorCode Code => OperatorCode.MaxPool2D;

    internal override Graph Network() =>
        new NetworkBuilder(5, 7, 8, 3, 5).Pool(OperatorCode.MaxPool2D, 2, 2, 1, 1).Pool(OperatorCode.MaxPool2D, 3, 3, 2, 2, Padding.Same).Build();
}

[TestClass]
public sealed class AveragePool2DEmitterTests : OperatorEmitterContract
{
    protected override OperatorCode Code => OperatorCode.AveragePool2D;

    internal override Graph Network() =>
        new NetworkBuilder(6, 7, 8, 3, 5).Pool(OperatorCode.AveragePool2D, 2, 3, 1, 2).Pool(OperatorCode.AveragePool2D, 3, 3, 2, 2, Padding.Same).Build();
}

[TestClass]
public sealed class MeanEmitterTests : OperatorEmitterContract
{
    protected override OperatorCode Code => OperatorCode.Mean;

    internal override Graph Network() => new NetworkBuilder(7, 2, 3, 5, 5).Mean().Build();
}

[TestClass]
public sealed class SoftmaxEmitterTests : OperatorEmitterContract
{
    protected override OperatorCode Code => OperatorCode.Softmax;

    internal override Graph Network() => new NetworkBuilder(8, 1, 2, 5, 5).Dense(6, scale: 0.03f).Softmax().Build();
}

[TestClass]
public sealed class AddEmitterTests : OperatorEmitterContract
{
    protected override OperatorCode Code => OperatorCode.Add;

    internal override Graph Network() => Networks.WithInnerOutputs(Networks.Residual(9));
}

[TestClass]
public sealed class ReshapeEmitterTests : OperatorEmitterContract
{
    protected override OperatorCode Code => OperatorCode.Reshape;

    internal override Graph Network() => new NetworkBuilder(10, 2, 3, 4, 5).Reshape([1, 24]).Dense(5).Reshape([1, 5, 1, 1]).Build();
}
