namespace MattermostXsoar.Sandbox;

/// <summary>An error in JSON that a person wrote. The message names the place and the correction.</summary>
internal sealed class JsonFieldException(string path, string message) : Exception($"{path}: {message}");
