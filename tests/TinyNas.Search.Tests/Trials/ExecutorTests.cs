namespace TinyNas.Search.Tests;

[TestClass]
public sealed class LocalExecutorTests : TrialExecutorContract
{
    protected override ITrialExecutor Create(int workers) => new LocalExecutor(workers);
}

[TestClass]
public sealed class ImmediateExecutorTests : TrialExecutorContract
{
    protected override ITrialExecutor Create(int workers) => new ImmediateExecutor();

    protected override bool RunsBeside => false;
}
