using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Xsoar.Model;

/// <summary>A file on an incident.</summary>
internal sealed record SandboxAttachment(
    string Name,
    string Path,
    string Type,
    string Description,
    bool ShowMediaFile,
    StoredContent Content
);
