using System.Runtime.InteropServices;

namespace TinyNas.Testing;

/// <summary>
/// TensorFlow Lite 2.9 through its C interface: somebody else's code that loads and runs our files. tests/fetch-tflite.sh
/// fetches it; TINYNAS_TFLITE_LIBRARY names it. Its x86 kernels round ties differently where sums are signed.
/// </summary>
public sealed class TfliteLibrary
{
    private readonly CreateModel createModel;
    private readonly Create createOptions;
    private readonly SetThreads setThreads;
    private readonly CreateInterpreter createInterpreter;
    private readonly Status allocate, invoke;
    private readonly GetTensor getInput, getOutput;
    private readonly Copy copyFrom, copyTo;
    private readonly Size byteSize;
    private readonly Delete deleteModel, deleteOptions, deleteInterpreter;

    private TfliteLibrary(string path)
    {
        // Chooses the portable kernels of its matrix library; read once, when the first matrix is multiplied. The managed
        // Environment class does not reach the C library's environment.
        setenv("RUY_PATHS", "20", 1);
        nint library = NativeLibrary.Load(path);
        T Get<T>(string name) where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, "TfLite" + name));
        createModel = Get<CreateModel>("ModelCreate");
        createOptions = Get<Create>("InterpreterOptionsCreate");
        setThreads = Get<SetThreads>("InterpreterOptionsSetNumThreads");
        createInterpreter = Get<CreateInterpreter>("InterpreterCreate");
        allocate = Get<Status>("InterpreterAllocateTensors");
        invoke = Get<Status>("InterpreterInvoke");
        getInput = Get<GetTensor>("InterpreterGetInputTensor");
        getOutput = Get<GetTensor>("InterpreterGetOutputTensor");
        copyFrom = Get<Copy>("TensorCopyFromBuffer");
        copyTo = Get<Copy>("TensorCopyToBuffer");
        byteSize = Get<Size>("TensorByteSize");
        deleteModel = Get<Delete>("ModelDelete");
        deleteOptions = Get<Delete>("InterpreterOptionsDelete");
        deleteInterpreter = Get<Delete>("InterpreterDelete");
    }

    /// <summary>The library, or the test is skipped with its reason.</summary>
    public static TfliteLibrary Require()
    {
        string? path = Environment.GetEnvironmentVariable("TINYNAS_TFLITE_LIBRARY");
        if (string.IsNullOrEmpty(path)) Assert.Inconclusive("needs TINYNAS_TFLITE_LIBRARY, the library that tests/fetch-tflite.sh fetches");
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("the TensorFlow Lite library is for Linux");
        return new TfliteLibrary(path!);
    }

    /// <summary>Loads the file and runs it once with one input and one output.</summary>
    public byte[] Run(byte[] file, ReadOnlySpan<byte> input)
    {
        GCHandle pin = GCHandle.Alloc(file, GCHandleType.Pinned);
        nint model = 0, options = 0, interpreter = 0;
        try
        {
            model = createModel(pin.AddrOfPinnedObject(), (nuint)file.Length);
            Assert.AreNotEqual(0, model, "TensorFlow Lite cannot read the file");
            options = createOptions();
            setThreads(options, 1);
            interpreter = createInterpreter(model, options);
            Assert.AreNotEqual(0, interpreter, "TensorFlow Lite has no interpreter for the file");
            Assert.AreEqual(0, allocate(interpreter), "TensorFlow Lite refuses the tensors");
            nint from = getInput(interpreter, 0);
            Assert.AreEqual(byteSize(from), (nuint)input.Length);
            Assert.AreEqual(0, copyFrom(from, input.ToArray(), (nuint)input.Length));
            Assert.AreEqual(0, invoke(interpreter), "TensorFlow Lite cannot run the file");
            nint to = getOutput(interpreter, 0);
            var output = new byte[byteSize(to)];
            Assert.AreEqual(0, copyTo(to, output, (nuint)output.Length));
            return output;
        }
        finally
        {
            if (interpreter != 0) deleteInterpreter(interpreter);
            if (options != 0) deleteOptions(options);
            if (model != 0) deleteModel(model);
            pin.Free();
        }
    }

    [DllImport("libc")]
    private static extern int setenv(string name, string value, int overwrite);

    private delegate nint CreateModel(nint data, nuint size);

    private delegate nint Create();

    private delegate void SetThreads(nint options, int threads);

    private delegate nint CreateInterpreter(nint model, nint options);

    private delegate int Status(nint interpreter);

    private delegate nint GetTensor(nint interpreter, int index);

    private delegate int Copy(nint tensor, byte[] buffer, nuint size);

    private delegate nuint Size(nint tensor);

    private delegate void Delete(nint item);
}
