using TinyNas.Model;

namespace TinyNas.Tool.Commands;

/// <summary>A .tflite file named on the command line.</summary>
internal static class ModelFile
{
    public static Graph Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new TinyNasException(DiagnosticCatalogue.ModelUnreadable, path, problem.Message);
        }
        return TfliteReader.Read(bytes, path);
    }
}
