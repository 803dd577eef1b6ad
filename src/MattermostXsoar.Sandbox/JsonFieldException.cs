namespace MattermostXsoar.Sandbox;

/// <summary>Something in a JSON text that a person wrote is wrong. The message names the place and the
/// remedy.</summary>
internal sealed class JsonFieldException(string path, string message) : Exception($"{path}: {message}");
