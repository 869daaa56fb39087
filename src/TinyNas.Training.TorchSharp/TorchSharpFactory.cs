using System.Runtime.CompilerServices;
using TinyNas.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>Where the worker gets this trainer. Says what is missing before a search begins, not in its first trial.</summary>
public sealed class TorchSharpFactory : ITrainerFactory
{
    public string Name => "TorchSharp";

    /// <param name="device">cpu, cuda or cuda:N; null: cpu.</param>
    /// <exception cref="TinyNasException">TNAS0002: no such device; TNAS0511, TNAS0512, TNAS0513: TorchSharp, libtorch or the device are not there.</exception>
    public ITrainer Create(string? device) => TorchFault.Guard(() => CreateChecked(TorchDevice.Parse(device ?? "cpu")));

    // A method that names a type of an assembly that is not there fails when it is compiled, before its first line runs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TorchSharpTrainer CreateChecked(TorchDevice wanted)
    {
        // One run is one thread, as with the managed trainer: trials are what runs side by side.
        set_num_threads(1);
        if (wanted.IsCuda) RequireCuda(wanted);
        var device = new Device(wanted.IsCuda ? DeviceType.CUDA : DeviceType.CPU, wanted.IsCuda ? wanted.Index : -1);
        using var scope = NewDisposeScope();
        Tensor one = ones([2], float32, device, requires_grad: true);
        autograd.grad([one.sum()], [one]);
        return new TorchSharpTrainer(device);
    }

    private static void RequireCuda(TorchDevice wanted)
    {
        if (!cuda.is_available()) throw Missing(wanted, "libtorch sees no CUDA device, or was built without CUDA");
        int count = cuda.device_count();
        if (wanted.Index >= count) throw Missing(wanted, $"libtorch sees {count} CUDA device(s), counted from 0");
    }

    private static TinyNasException Missing(TorchDevice wanted, string why) =>
        new(DiagnosticCatalogue.TorchDeviceMissing, wanted, why) { Setting = "TorchDevice" };
}
