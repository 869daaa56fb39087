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
        "Use one of the settings that README lists.");

    public static readonly Diagnostic MalformedValue = new("TNAS0002",
        "'{1}' is no valid value for '{0}': {2}.", "The value cannot be read, or is not implemented in this version.",
        "Write sizes like 40KiB or 20480, counts like 2.73M, times like 50ms, and names as README lists them.");

    public static readonly Diagnostic UnknownDevice = new("TNAS0003",
        "Unknown device '{0}'. Known: {1}.", "The device catalogue has no such name.",
        "Run 'tinynas devices', or give Ram, Flash and Macs instead of Device.");

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

    public static readonly Diagnostic NothingFits = new("TNAS0201",
        "No network of the space '{0}' fits: the smallest needs {1} of {2}, the budget is {3}; {4} dominates.",
        "The budget is below the smallest network of the space.", "Raise the budget, shrink Input, or use another Space.");

    public static readonly Diagnostic NothingTrained = new("TNAS0202",
        "The search of the space '{0}' ended without a usable network: {1}.", "Every training diverged, or the limits ended the search before a trial did.",
        "Lower LearningRate, look for extreme values in the data, or raise Trials or TimeLimit.");

    public static readonly Diagnostic TableUnreadable = new("TNAS0203",
        "{0}: not a table of results: {1}.", "The file is not JSON of the form that 'tinynas replay' reads.",
        "Write {\"space\": …, \"input\": […], \"classes\": …, \"results\": [{\"config\": {…}, \"score\": …}, …]}.");

    public static readonly Diagnostic ModelUnreadable = new("TNAS0301",
        "{0}: not a readable .tflite file: {1}.", "The file is damaged or of another kind.", "Export the model again.");

    public static readonly Diagnostic OperatorUnsupported = new("TNAS0302",
        "Operator {0} ('{1}') is not supported: {2}.", "The model holds an operator, type or option that has no kernel here.",
        "Export the model without it, or emit only the TFLM files (Runtime=Tflm).");

    public static readonly Diagnostic LayerNotLowered = new("TNAS0303",
        "Layer {0} ({1}) cannot become an int8 operator: {2}.", "The network, or the space it comes from, holds a layer or an order of layers that has no integer form here.",
        "Leave the layer out, or use another Space.");
}
