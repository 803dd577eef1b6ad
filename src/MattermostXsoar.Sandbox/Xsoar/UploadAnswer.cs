namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>The answer to an upload into a War Room; not documented.</summary>
public enum UploadAnswer
{
    /// <summary>The new entry.</summary>
    Entry,

    /// <summary>A list with the new entry.</summary>
    EntryList,

    /// <summary>Nothing.</summary>
    Empty,
}
