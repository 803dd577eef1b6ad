namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>What an upload into a War Room answers; not documented.</summary>
public enum UploadAnswer
{
    /// <summary>The new entry.</summary>
    Entry,

    /// <summary>A list with the new entry.</summary>
    EntryList,

    /// <summary>Nothing.</summary>
    Empty,
}
