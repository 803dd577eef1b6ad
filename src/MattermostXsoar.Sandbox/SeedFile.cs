using System.Text.Json;

namespace MattermostXsoar.Sandbox;

/// <summary>
/// Reads a seed from a JSON file. It replaces the default seed: what the file leaves out does not exist.
/// </summary>
internal static class SeedFile
{
    /// <exception cref="UsageException">The file cannot be read, or something in it is invalid.</exception>
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
            throw new UsageException($"{path} is not JSON: {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The seed file cannot be read: {error.Message}");
        }
    }
}
