namespace MattermostXsoar.Sandbox.Hosting;

/// <summary>A file part of a form.</summary>
internal sealed record UploadedFile(string Field, string Name, StoredContent Content);
