namespace TinyNas.Model;

/// <summary>
/// Every TNAS diagnostic. 00xx project file and tool, 01xx data, 02xx budget and search, 03xx model files and operators,
/// 04xx bindings, 05xx worker and build. To add one: take the next free number of its group, write message, cause and
/// cure, and raise it in a test.
/// </summary>
public static class DiagnosticCatalogue
{
    public static readonly Diagnostic UnknownSetting = new("TNAS0001",
        "Unknown setting '{0}'.", "A TinyNas property or item metadata is misspelt or not part of this version.",
        "Use one of the settings that docs/project-file.md of the package lists.");

    public static readonly Diagnostic MalformedValue = new("TNAS0002",
        "'{1}' is no valid value for '{0}': {2}.", "The value cannot be read, or is not implemented in this version.",
        "Write sizes like 40KiB or 20480, counts like 2.73M, times like 50ms, and names as docs/project-file.md of the package lists them.");

    public static readonly Diagnostic UnknownDevice = new("TNAS0003",
        "Unknown device '{0}'. The closest known: {1}.", "The device catalogue has no such name.",
        "Run 'tinynas devices', describe the device in a file and name that as DeviceFile, or give Ram, Flash and Macs instead of Device.");

    public static readonly Diagnostic DeviceFileUnreadable = new("TNAS0006",
        "{0}: not a list of devices: {1}.", "The file is not JSON of the form that the docs' page on devices shows, or a figure in it cannot be.",
        "Write [{\"name\": …, \"vendor\": …, \"core\": …, \"clock\": …, \"ram\": …, \"flash\": …, \"source\": …}, …].");

    public static readonly Diagnostic MissingSetting = new("TNAS0004",
        "The model '{0}' needs '{1}'.", "A required setting is absent.", "Add it to the TinyNasModel item or as a TinyNas property.");

    public static readonly Diagnostic DataUnreadable = new("TNAS0101",
        "{0}: {1}.", "The file is damaged or of a kind that is not read here.", "Mend, convert or remove the file.");

    public static readonly Diagnostic DataEmpty = new("TNAS0102",
        "{0}: no samples.", "The path holds no data file of a known kind.", "Point Data at images in one folder per class, IDX, NPZ or CSV.");

    public static readonly Diagnostic DataSingleClass = new("TNAS0103",
        "{0}: {1} class; a classifier needs at least two.", "All samples carry one label.", "Add data of another class or mend the labels.");

    public static readonly Diagnostic DataMixedShapes = new("TNAS0104",
        "{0}: shape {1} differs from {2} of the samples before it.", "Samples of several shapes.", "Give Input (images are resized to it) or mend the data.");

    public static readonly Diagnostic DataMissing = new("TNAS0105",
        "{0}: not found.", "The path does not exist.", "Mend the path; it is relative to the project file.");

    public static readonly Diagnostic DataTooFew = new("TNAS0106",
        "{0}: class '{1}' has {2} sample(s), too few for a training and a validation side.", "A class is nearly empty.", "Add samples, or remove the class.");

    public static readonly Diagnostic DataOverlap = new("TNAS0107",
        "{0}: is part of Data and of TestData.", "The test set would be trained on.", "Point TestData at other files, or leave it out.");

    public static readonly Diagnostic DataUnknownLabel = new("TNAS0108",
        "{0}: label '{1}' does not occur in the training data, which have {2}.", "Training and test data name their classes differently.",
        "Use the same labels on both sides.");

    public static readonly Diagnostic DataShapeMismatch = new("TNAS0109",
        "{0}: samples have the shape {1}, {2} is expected.", "Input, or the training data of a test set, ask for another shape, and only images are resized.",
        "Mend Input, Window or the data.");

    public static readonly Diagnostic DataTooFewGroups = new("TNAS0110",
        "{0}: the {1} group(s) cannot be split so that class '{2}' is on both sides.", "A group (subject, file) is never divided, and a class stands in too few of them.",
        "Record the class with more subjects or in more files, or name a finer Group.");

    public static readonly Diagnostic NothingFits = new("TNAS0201",
        "No network of the space '{0}' fits: the smallest needs {1} of {2}, the budget is {3}; {4} dominates.",
        "The budget is below the smallest network of the space.", "Raise the budget, shrink Input, or use another Space.");

    public static readonly Diagnostic NothingTrained = new("TNAS0202",
        "The search of the space '{0}' ended without a usable network: {1}.", "Every training diverged, or the limits ended the search before a trial did.",
        "Lower LearningRate, look for extreme values in the data, or raise Trials or TimeLimit.");

    public static readonly Diagnostic TableUnreadable = new("TNAS0203",
        "{0}: not a table of results: {1}.", "The file is not JSON of the form that 'tinynas replay' reads.",
        "Write {\"space\": …, \"input\": […], \"classes\": …, \"results\": [{\"config\": {…}, \"score\": …}, …]}.");

    public static readonly Diagnostic WinnerBreaksConstraint = new("TNAS0204",
        "The winner, trained at length, breaks the constraint {0}: it has {1}.", "A constraint that only a trained network can be measured by held for its trial, and does not for its final training.",
        "Ask for a little less, or change FinalEpochs or Quantisation.");

    public static readonly Diagnostic TrainingMemory = new("TNAS0205",
        "Training needs {0} bytes of memory, {1} are there for one trial.", "A step holds the activations of a whole batch, and so many trials run at once.",
        "Lower BatchSize or Workers, or take a smaller Input.");

    public static readonly Diagnostic OverBudget = new("TNAS0220",
        "The model '{0}' needs {1} of {2}, the budget is {3}; {4} dominates.",
        "The emitted firmware would not fit the target.", "Raise the budget, or make the model smaller.");
    public static readonly Diagnostic QuantisationCosts = new("TNAS1221",
        "The model '{0}' loses {1} points of accuracy on the validation side to int8, more than {2}; most of it in {3}.",
        "A tensor or a kernel uses its 256 levels badly: a few large values set the scale, or weights have few bits.",
        "Set Quantisation to Aware, try another calibration (kl, percentile=99.9), or raise warn= if the loss is acceptable.") { IsWarning = true };

    public static readonly Diagnostic LockStale = new("TNAS0210",
        "The lock {0} was made for other inputs: {1}.", "The project file or the data changed after the search, and this build may not search (Mode=Frozen).",
        "Run 'dotnet build -p:TinyNasMode=Search -p:CI=false' and commit the tinynas folder, or undo the change.");

    public static readonly Diagnostic LockMissing = new("TNAS0211",
        "There is no lock {0}, and this build may not search (Mode={1}).", "The result of the search was never committed.",
        "Run 'dotnet build -p:TinyNasMode=Search' and commit the tinynas folder.");

    public static readonly Diagnostic LockDamaged = new("TNAS0212",
        "{0} cannot be used: {1}.", "The file was edited, merged or only half committed.", "Take both files of the tinynas folder from one commit, or delete them and build again.");

    public static readonly Diagnostic LockNotFollowed = new("TNAS0213",
        "The search cannot be repeated as the lock has it: trial {0} is {1}, was {2}.", "The lock of a search that TimeLimit ended lists its trials, and this search goes another way.",
        "Take both files of the tinynas folder from one commit, or delete them and search anew.");

    public static readonly Diagnostic LockOfOtherVersion = new("TNAS1210",
        "The lock {0} was written by version {1} of the package; this is {2}.", "The package was updated after the search.",
        "Nothing needs to be done; a new search would write a new lock.") { IsWarning = true };

    public static readonly Diagnostic ModelUnreadable = new("TNAS0301",
        "{0}: not a readable .tflite file: {1}.", "The file is damaged or of another kind.", "Export the model again.");

    public static readonly Diagnostic OperatorUnsupported = new("TNAS0302",
        "Operator {0} ('{1}') is not supported: {2}.", "The model holds an operator, type or option that has no kernel here.",
        "Export the model without it, or emit only the TFLM files (Runtime=Tflm).");

    public static readonly Diagnostic TensorFileSize = new("TNAS0304",
        "{0}: {1} bytes, not as many as the model's tensors hold ({2}).",
        "The file must hold whole tensors back to back, and every input as many as the others.", "Give raw little-endian tensor bytes.");

    public static readonly Diagnostic FileUnusable = new("TNAS0305",
        "{0}: {1}", "The file cannot be read, or cannot be written.", "Mend the path or the access rights.");

    public static readonly Diagnostic LayerNotLowered = new("TNAS0303",
        "Layer {0} ({1}) cannot become an int8 operator: {2}.", "The network, or the space it comes from, holds a layer or an order of layers that has no integer form here.",
        "Leave the layer out, or use another Space.");

    public static readonly Diagnostic BadModelName = new("TNAS0005",
        "'{0}' cannot name a model: {1}.", "The name becomes a folder, a file and a class.",
        "Give the TinyNasModel item a short name of letters, digits, '_' and '-', one per model.");

    public static readonly Diagnostic WorkerCrashed = new("TNAS0501",
        "The worker for '{0}' ended with code {1} and no diagnostic; its output is in {2}.", "A defect of the worker, or it was killed, perhaps for want of memory.",
        "Report the problem with that file; finished trials are kept.");

    public static readonly Diagnostic SearchStopped = new("TNAS0502",
        "The search for '{0}' was stopped; its finished trials are kept.", "The worker received a signal while the build went on.",
        "Build again: the search goes on from there.");

    public static readonly Diagnostic SettingsDiffer = new("TNAS0503",
        "The settings of '{0}' differ between target frameworks or configurations.", "A TinyNas property or metadata stands under a condition.",
        "One search serves them all: set TinyNas properties and metadata without conditions on TargetFramework, Configuration, Platform or RuntimeIdentifier.");

    public static readonly Diagnostic FolderUnusable = new("TNAS0504",
        "'{0}' cannot be used for results: {1}", "The disk is full or the folder read-only.",
        "Free space or permissions there, or set TinyNasCacheFolder to another folder.");

    public static readonly Diagnostic WorkerUnstartable = new("TNAS0505",
        "The worker cannot be started: {0}", "The dotnet executable is not where the build expects it.",
        "Install the .NET 10 SDK or a later one, and restore the package again.");

    public static readonly Diagnostic TrainerMissing = new("TNAS0510",
        "The trainer '{0}' is not part of this build: the project does not reference TinyNas.Training.{0}.", "Only the managed trainer comes with TinyNas.Build.",
        "Add a PackageReference to TinyNas.Training.TorchSharp, in the version of TinyNas.Build and with PrivateAssets=\"all\", and one to TorchSharp-cpu, or set TinyNasTrainer to Managed.");

    public static readonly Diagnostic TrainerVersion = new("TNAS0511",
        "A trainer's package does not fit: {0}: {1}.", "The packages TinyNas.Build and TinyNas.Training.TorchSharp are of different versions, or TorchSharp or its native library is of one that the trainer does not know.",
        "Give TinyNas.Training.TorchSharp the version of TinyNas.Build, and TorchSharp, TorchSharp-cpu or TorchSharp-cuda-* one common version that its README names.");

    public static readonly Diagnostic TorchLibraryMissing = new("TNAS0512",
        "TorchSharp finds no libtorch: {0}.", "TorchSharp is C# over a native library, which is in packages of its own for each system and kind of device.",
        "Add a PackageReference to TorchSharp-cpu, TorchSharp-cuda-linux or TorchSharp-cuda-windows, in the version of TorchSharp.");

    public static readonly Diagnostic TorchDeviceMissing = new("TNAS0513",
        "There is no device '{0}' to train on: {1}.", "The machine has no such GPU, its driver is too old, or the project references the libtorch for CPUs.",
        "Add a PackageReference to TorchSharp-cuda-linux or TorchSharp-cuda-windows, install the GPU's driver, or set TinyNasTorchDevice to cpu.");

    public static readonly Diagnostic TrainerOutOfMemory = new("TNAS0514",
        "The training needs more memory than there is: {0}.", "Weights, activations and gradients of a batch do not fit, or too many trials run at once.",
        "Lower BatchSize, Workers or Input, or train on a device with more memory.");

    public static readonly Diagnostic BindingsDamaged = new("TNAS0401",
        "{0} is no readable bindings file: {1}.", "The file was edited or is damaged.", "Delete the obj folder and build again.");

    public static readonly Diagnostic BindingsVersion = new("TNAS0402",
        "The bindings file has format {0}; this generator reads {1}.", "Another version of TinyNas.Build wrote it.", "Build the project again with one version.");

    public static readonly Diagnostic ClassClash = new("TNAS0403",
        "The models '{0}' and '{1}' both become the class '{2}'.",
        "In class names words are joined with capitals, and case alone does not tell names apart.",
        "Rename a model, or give one another Namespace.");

    public static readonly Diagnostic LabelClash = new("TNAS0404",
        "The labels '{0}' and '{1}' both become the identifier '{2}'.",
        "In identifiers only letters and digits remain, each word with a capital.", "Rename a label in the data.");

    public static readonly Diagnostic ClassReserved = new("TNAS0405",
        "The model '{0}' would become the class '{1}', which is the name of one of its members.", "The generated class has a member of that name.", "Rename the model.");

    public static readonly Diagnostic ConsumerTooOld = new("TNAS0406",
        "The generated class needs C# 12 and net8.0; this project has {0}.", "The kernels use newer language and library features.",
        "Raise TargetFramework to net8.0 or LangVersion to 12, or later.");

    public static readonly Diagnostic IdentifierEmpty = new("TNAS0407",
        "'{0}' has no letter or digit that an identifier could be made of.", "Identifiers are made of letters and digits, those of models of ASCII ones.", "Rename the model or the label.");

    public static readonly Diagnostic NameUnusable = new("TNAS0310",
        "'{0}' cannot name files and functions.", "The name has no ASCII letter or digit, or more than 100 characters.",
        "Give the model a name of letters and digits.");

    public static readonly Diagnostic NamesClash = new("TNAS0311",
        "The models '{0}' and '{1}' would both be called '{2}'.", "Names that differ only in case or punctuation become the same C names.",
        "Rename one of them.");

    public static readonly Diagnostic TemplateBroken = new("TNAS0312",
        "The template {0} cannot be rendered: {1}.", "A file of the Templates folder is no valid template, or names a value that does not exist.",
        "Mend the file, or remove it to use the built-in text.");
}
