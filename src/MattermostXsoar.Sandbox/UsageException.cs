namespace MattermostXsoar.Sandbox;

/// <summary>The program was started in a way that makes no sense. The message says what is wrong and what is
/// right.</summary>
internal sealed class UsageException(string message) : Exception(message);
