namespace TinyNas.Testing;

/// <summary>
/// Retired instructions of one inference of other runtimes, measured as <see cref="EmulatedFirmware"/> measures: TensorFlow Lite
/// Micro with its reference kernels on Cortex-M0+, with CMSIS-NN on Cortex-M4 and Cortex-M55, and TinyEngine's generated C on
/// Cortex-M4. Null where it was not run, could not run or, TinyEngine, was not exact for more than a rounding.
/// </summary>
/// <param name="CodeM4">Bytes of the whole image without the model, TensorFlow Lite Micro with int8 kernels alone.</param>
/// <param name="StartM4">Instructions before the first inference.</param>
public sealed record PublishedInstructions(string Model, long? M0, long M4, long M55, long? TinyEngineM4, long? CodeM4, long StartM4)
{
    public static readonly PublishedInstructions[] All =
    [
        new("tflm_hello_world_int8", 10_000, 3_520, 2_125, null, 28_504, 27_760),
        new("tflm_micro_speech", 15_362_920, 1_495_360, 1_008_219, null, 44_508, 38_960),
        new("mlperf_kws_int8", 72_039_280, 7_697_920, 1_813_688, null, 53_736, 789_120),
        new("mlperf_ad01_int8", 3_409_240, 582_960, 150_000, 771_920, 28_504, 83_760),
        new("mlperf_resnet8_int8", 169_406_760, 29_863_200, 4_911_125, null, 51_508, 540_160),
        new("mlperf_vww96_int8", 164_443_160, 24_102_000, 6_558_344, null, 53_736, 3_521_160),
        new("mcunet_vww_i8io", 313_634_560, 47_935_760, 11_689_625, 34_747_760, 56_488, 7_849_240),
        new("nanonas_vww_l010", null, 5_886_760, 3_765_375, null, null, 193_480),
        new("nanonas_melanoma", null, 5_926_560, 3_776_875, null, null, 242_960),
        new("colabnas_k4_c5", null, 5_907_160, 3_285_125, null, null, 242_560),
        new("tflm_mnist_lstm_int8", null, 574_920, 261_375, null, null, 65_920),
    ];

    /// <summary>The figure to compare with on a core.</summary>
    public long? On(string core) => core switch { "cortex-m0plus" => M0, "cortex-m55" => M55, _ => M4 };
}
