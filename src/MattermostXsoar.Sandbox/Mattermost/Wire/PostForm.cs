namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>How the server writes posts.</summary>
/// <param name="Version">The differences of its version.</param>
/// <param name="ImageProxy">The address before a proxied image's own; null if the server has no image proxy.</param>
internal readonly record struct PostForm(ServerVersion Version, string? ImageProxy);
