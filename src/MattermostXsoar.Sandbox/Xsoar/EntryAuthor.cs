namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>Who stands in <c>user</c> of an entry that was written with an API key; known for 6.x only.</summary>
public enum EntryAuthor
{
    /// <summary>The user of the key: on 6.x its owner, on 8.x a technical user.</summary>
    KeyUser,

    /// <summary>The address of the one who made the key.</summary>
    CreatorEmail,

    /// <summary>An empty text.</summary>
    Nobody,
}
