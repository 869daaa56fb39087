using System.Collections.Immutable;

namespace TinyNas.Search;

/// <summary>Names of what a trial measures: the keys of <see cref="TrialResult.Scalars"/>, which objectives and constraints refer to.</summary>
public static class Scalars
{
    /// <summary>Int8, on the validation side.</summary>
    public const string Accuracy = "accuracy";
    public const string Macs = "macs";
    /// <summary>Bytes of weights, biases and other constants.</summary>
    public const string Constants = "constants";
    /// <summary>.data + .bss of the emitted C.</summary>
    public const string Ram = "ram";
    /// <summary>Stack of the emitted C.</summary>
    public const string RamStack = "ramStack";
    /// <summary>TFLM's arena.</summary>
    public const string RamTflm = "ramTflm";
    /// <summary>.text + .rodata + .data of the emitted C.</summary>
    public const string Flash = "flash";
    /// <summary>The model array plus TFLM's code.</summary>
    public const string FlashTflm = "flashTflm";
    /// <summary>Share of the validation side that int8 and the network before quantisation put into the same class; measured where it is referred to.</summary>
    public const string Agreement = "agreement";
    public const string Epochs = "epochs";
    /// <summary>Samples trained on, counted with repetition.</summary>
    public const string Samples = "samples";
    /// <summary>Mean training loss of the last epoch.</summary>
    public const string Loss = "loss";
    /// <summary>Mean training loss of all epochs so far: what ranks short trainings best (Ru et al. 2021).</summary>
    public const string MeanLoss = "meanLoss";

    /// <summary>What objectives and constraints of a project may refer to.</summary>
    public static readonly ImmutableArray<string> Known = [Accuracy, Agreement, Macs, Constants, Ram, RamStack, RamTflm, Flash, FlashTflm, Loss];
}
