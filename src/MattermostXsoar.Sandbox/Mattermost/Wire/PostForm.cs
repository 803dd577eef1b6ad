using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>How the server writes posts.</summary>
/// <param name="Version">The differences of its version.</param>
/// <param name="ImageProxy">The address before a proxied image's own; null if the server has no image proxy.</param>
/// <param name="Previews">Writes the previews of the posts to which a post links, as JSON; null for none.</param>
/// <param name="Emojis">Writes the custom emoji in a post, as JSON; null for none.</param>
internal readonly record struct PostForm(
    ServerVersion Version,
    string? ImageProxy,
    Func<SandboxPost, string?>? Previews = null,
    Func<SandboxPost, string?>? Emojis = null
);
