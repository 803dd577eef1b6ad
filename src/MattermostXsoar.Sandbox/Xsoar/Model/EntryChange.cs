namespace MattermostXsoar.Sandbox.Xsoar.Model;

/// <summary>The contents of an entry before it was changed.</summary>
internal sealed record EntryChange(string Contents, string Format, string User, long Nanoseconds);
