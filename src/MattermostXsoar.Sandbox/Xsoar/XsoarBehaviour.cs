namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>
/// What is not known of a real XSOAR, or differs between real ones. Every value is an answer that a client may meet;
/// the defaults are the likeliest. <c>docs/sandbox-xsoar.md</c> says which is evidenced and which is not.
/// </summary>
public sealed record XsoarBehaviour
{
    /// <summary>The order of entries in an answer.</summary>
    public WarRoomOrder EntryOrdering { get; init; } = WarRoomOrder.Ascending;

    /// <summary>What stands in <c>entries</c> when none matches.</summary>
    public EmptyEntries EmptyEntries { get; init; } = EmptyEntries.Absent;

    /// <summary>Whether <c>fromTime</c> leaves out an entry of exactly that time.</summary>
    public bool FromTimeIsExclusive { get; init; }

    /// <summary>Whether <c>lastId</c>, <c>firstId</c> and <c>selectedEntryID</c> are obeyed; otherwise they are read
    /// over like any unknown field.</summary>
    public bool HonoursEntryPositions { get; init; } = true;

    /// <summary>Whether asking for an unknown investigation makes an empty one and answers it, as XSIAM does, instead
    /// of an error.</summary>
    public bool UnknownInvestigationMakesShell { get; init; }

    /// <summary>The category of an entry that <c>/entry/note</c> makes.</summary>
    public string NoteCategory { get; init; } = "chat";

    /// <summary>The category of an entry that an upload makes.</summary>
    public string UploadCategory { get; init; } = "";

    /// <summary>Who stands in <c>user</c> of an entry that was written with the key.</summary>
    public EntryAuthor EntryAuthor { get; init; } = EntryAuthor.KeyUser;

    /// <summary>What an upload answers.</summary>
    public UploadAnswer UploadAnswer { get; init; } = UploadAnswer.Entry;

    /// <summary>The body of a 412.</summary>
    public ClosedAnswer ClosedAnswer { get; init; } = ClosedAnswer.ErrorJson;

    /// <summary>Whether <c>/entry/formatted</c> goes on writing into a closed investigation: its description lists no
    /// 412.</summary>
    public bool FormattedEntriesIgnoreClosing { get; init; }

    /// <summary>The status of a version conflict, such as 400, 409, 412 or 500.</summary>
    public int VersionConflictStatus { get; init; } = 400;

    /// <summary>Whether marking an entry as a note, and taking that back, leaves its <c>version</c> and <c>modified</c>
    /// as they are.</summary>
    public bool NotesKeepVersion { get; init; }

    /// <summary>Whether <c>/entry</c> reads over an <c>id</c> and writes a new entry: no description says that it
    /// changes the entry of that id.</summary>
    public bool EditsMakeNewEntries { get; init; }

    /// <summary>Whether a failed command is answered with a 400 instead of an entry of type 4.</summary>
    public bool FailedCommandIsRefused { get; init; }

    /// <summary>Whether the key's user may run <c>!reopenInvestigation</c>.</summary>
    public bool MayReopen { get; init; } = true;

    /// <summary>Whether completing a completed task is answered with 200 and an <c>error</c> instead of a 400. Both
    /// were seen.</summary>
    public bool CompletedTaskAnswersOk { get; init; }

    /// <summary>Whether the forms that complete a task demand all the parts that the description marks as required.
    /// Clients omit some and succeed.</summary>
    public bool TaskFormsAreStrict { get; init; }

    /// <summary>A pre-processing rule: an incident whose name contains this is not made, and the answer is an empty
    /// 200.</summary>
    public string? DropIncidentsNamed { get; init; }

    /// <summary>Whether the answer to a new incident lacks its id, as seen on 8.x.</summary>
    public bool NewIncidentHasNoId { get; init; }

    /// <summary>Whether <c>/incident/close</c> answers the incident with its old status, as in 8.x' own
    /// example.</summary>
    public bool CloseAnswersOldStatus { get; init; }

    /// <summary>Fields without which <c>/incident/close</c> answers 400, such as <c>closeReason</c> or a custom
    /// field.</summary>
    public IReadOnlyList<string> MandatoryCloseFields { get; init; } = [];

    /// <summary>How many items a search gives that names no <c>size</c>: 0 says the description, but clients that omit
    /// it get some.</summary>
    public int SizeWhenMissing { get; init; }

    /// <summary>Whether <c>data</c> of a search without a match is an empty list instead of null.</summary>
    public bool EmptySearchIsList { get; init; }

    /// <summary>Whether queries find incidents by <c>modified</c>; otherwise such a term matches nothing.</summary>
    public bool QueriesKnowModified { get; init; } = true;

    /// <summary>Where the filter of <c>/investigations/search</c> stands.</summary>
    public FilterForm InvestigationFilterForm { get; init; } = FilterForm.Either;

    /// <summary>With which verb 8.14 and later answer <c>/incidents/modified</c>.</summary>
    public ModifiedMethod ModifiedIncidentsMethod { get; init; } = ModifiedMethod.Either;

    /// <summary>How <c>/incidents/modified</c> calls its time, in seconds since 1970.</summary>
    public string ModifiedIncidentsParameter { get; init; } = "from_timestamp";

    /// <summary>Whether <c>/incident/load</c> counts as a change of the incident.</summary>
    public bool LoadingTouchesIncident { get; init; }

    /// <summary>Whether <c>/user</c> and <c>/users</c> answer keys of 8.x.</summary>
    public bool UserRoutesOn8 { get; init; }

    /// <summary>Whether the key may ask for users by <c>/public_api/v1/rbac/get_users</c>; otherwise 403.</summary>
    public bool MayReadUsers { get; init; } = true;

    /// <summary>How a key of 8.x has to be shown.</summary>
    public XsoarKeyKind KeyKind { get; init; } = XsoarKeyKind.Either;

    /// <summary>The tenant of a multi-tenant 6.x: all paths begin with <c>/acc_</c> and this.</summary>
    public string? Tenant { get; init; }

    /// <summary>Whether 6.x answers <c>/about</c> as <c>text/plain</c>.</summary>
    public bool AboutIsPlainText { get; init; } = true;

    /// <summary><c>deploymentMode</c> of 8.x: <c>saas</c> or <c>opp</c>; null leaves it and the product mode out, as
    /// 8.9 on-prem may.</summary>
    public string? DeploymentMode { get; init; } = "saas";

    /// <summary>Beginnings of paths that are closed to keys: 303 on 8.x, 404 on 6.x.</summary>
    public IReadOnlyList<string> ClosedRoutes { get; init; } = [];

    /// <summary>Beginnings of paths that answer 405 below <c>/xsoar/public/v1</c> and work below
    /// <c>/xsoar</c>.</summary>
    public IReadOnlyList<string> CollidingRoutes { get; init; } = [];

    /// <summary>Beginnings of paths that the key's role may not use: 403.</summary>
    public IReadOnlyList<string> RefusedRoutes { get; init; } = [];
}
