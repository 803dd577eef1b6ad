namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>A file of a post.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; empty if the post does not have it.</param>
/// <param name="Size">Its size in bytes; 0 if the post does not have it.</param>
/// <param name="CreatedAt">When it was uploaded (ms); 0 if the post does not have it.</param>
internal sealed record PostFile(string Id, string Name, long Size, long CreatedAt);
