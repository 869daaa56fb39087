using TinyNas.Data;
using TinyNas.Tool.Requests;

namespace TinyNas.Tool.Builds;

/// <summary>The data sets of a request; test is null where none was named.</summary>
internal sealed record LoadedData(DataSet Train, DataSet? Test)
{
    public static LoadedData Load(ModelRequest request, CancellationToken cancellation)
    {
        DataSet train = DataSetReader.Read(request.Data!);
        cancellation.ThrowIfCancellationRequested();
        return new LoadedData(train, request.TestData is null ? null : DataSetReader.Read(request.TestData, train));
    }
}
