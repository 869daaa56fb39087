using System.CommandLine;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Tool.Commands;

internal static class CompileCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "A .tflite file with int8 tensors." };
        var output = new Option<string>("-o", "--output") { Description = "Folder for the emitted files; it is created.", Required = true };
        var name = new Option<string?>("--name") { Description = "Name of the model; the file's unless given." };
        var templates = new Option<string?>("--templates") { Description = "Folder whose files replace built-in templates of the same name." };
        Option<string> runtime = RuntimeOption.Create();
        var budget = new BudgetOptions();
        var command = new Command("compile", "Turns a .tflite file into C, TFLM glue and a manifest.") { model, output, name, templates, runtime };
        budget.AddTo(command);
        command.Run((parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(model), folder = parsed.GetRequiredValue(output);
            (Budget limits, string core) = budget.Read(parsed);
            var card = new ModelCard(parsed.GetValue(name) ?? Path.GetFileNameWithoutExtension(path));
            IReadOnlyList<EmittedFile> files = FirmwareEmitter.Emit(new EmissionRequest(ModelFile.Read(path), card, limits)
            {
                Core = core, Runtimes = RuntimeOption.Read(parsed.GetRequiredValue(runtime)), TemplatesFolder = parsed.GetValue(templates),
            });
            cancellation.ThrowIfCancellationRequested();
            foreach (EmittedFile file in files)
            {
                string place = Path.Combine(folder, file.Name);
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(place))!);
                File.WriteAllBytes(place, file.Content.Span);
            }
            foreach (EmittedFile file in files) Console.WriteLine(file.Name);
            return ExitCode.Done;
        });
        return command;
    }
}
