namespace MattermostXsoar.Core.Http;

/// <summary>What a request is about, so that "not found" can say what was not found.</summary>
internal enum ResourceKind
{
    /// <summary>Nothing in particular.</summary>
    None,

    /// <summary>The server itself.</summary>
    Server,

    /// <summary>A team.</summary>
    Team,

    /// <summary>A channel.</summary>
    Channel,

    /// <summary>A user.</summary>
    User,

    /// <summary>A user group.</summary>
    Group,

    /// <summary>A post.</summary>
    Post,

    /// <summary>A file.</summary>
    File,

    /// <summary>An incident or its investigation.</summary>
    Investigation,
}
