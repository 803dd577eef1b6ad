namespace MattermostXsoar.Sandbox;

/// <summary>The program was started with invalid arguments. The message says what is wrong and what is
/// expected.</summary>
internal sealed class UsageException(string message) : Exception(message);
