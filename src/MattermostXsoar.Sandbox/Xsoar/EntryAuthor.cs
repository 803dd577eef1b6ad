namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>The <c>user</c> of an entry that was written with an API key; known for 6.x only.</summary>
public enum EntryAuthor
{
    /// <summary>The user of the key: on 6.x its owner, on 8.x a technical user.</summary>
    KeyUser,

    /// <summary>The e-mail address of the key's creator.</summary>
    CreatorEmail,

    /// <summary>An empty text.</summary>
    Nobody,
}
