using System.Text.Json;

namespace MattermostXsoar.Sandbox;

/// <summary>
/// Reads a seed from a JSON file. What the file leaves out is not there: it takes the place of the seed that the
/// sandbox otherwise begins with.
/// </summary>
internal static class SeedFile
{
    /// <exception cref="UsageException">The file cannot be read, or something in it makes no sense.</exception>
    public static SandboxSeed Read(string path)
    {
        try
        {
            return new SeedReader(JsonFields.Parse(File.ReadAllBytes(path))).Read();
        }
        catch (JsonFieldException error)
        {
            throw new UsageException($"{path}: {error.Message}");
        }
        catch (JsonException error)
        {
            throw new UsageException($"{path} is no JSON: {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The seed file cannot be read: {error.Message}");
        }
    }
}
