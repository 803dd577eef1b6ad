namespace MattermostXsoar.Sandbox.Xsoar.Model;

/// <summary>What an entry said before it was changed.</summary>
internal sealed record EntryChange(string Contents, string Format, string User, long Nanoseconds);
