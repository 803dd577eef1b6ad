using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>An uploaded file.</summary>
public sealed class SandboxFile
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the user who uploaded it.</summary>
    public required string UserId { get; init; }

    /// <summary>The file's name.</summary>
    public required string Name { get; init; }

    /// <summary>The content type; empty if the server could not determine it.</summary>
    public string MimeType { get; init; } = "";

    /// <summary>Upload, in ms since the epoch.</summary>
    public long CreateAt { get; init; }

    /// <summary>Which upload of the server it is: two of the same millisecond keep their order.</summary>
    internal int Number { get; init; }

    /// <summary>The post it is attached to; empty until there is one.</summary>
    public string PostId { get; set; } = "";

    /// <summary>How many bytes it has.</summary>
    public long Size => Stored.Length;

    /// <summary>The bytes, read into memory.</summary>
    public ReadOnlyMemory<byte> Content => Stored.ReadAll();

    /// <summary>When an edit of its post removed it, in ms since the epoch; 0 while it is attached.</summary>
    public long DeleteAt { get; internal set; }

    internal StoredContent Stored { get; init; } = StoredContent.Of(default);

    /// <summary>The channel of that post; empty until there is one.</summary>
    internal string ChannelId { get; set; } = "";

    /// <summary>Width and height of an image; null for other files.</summary>
    internal (int Width, int Height)? Dimensions { get; init; }
}
