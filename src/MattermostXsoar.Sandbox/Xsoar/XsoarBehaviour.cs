namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>
/// What is not known about a real XSOAR, or differs between real ones. Every value is an answer that a client may get;
/// the defaults are the likeliest. <c>docs/sandbox-xsoar.md</c> says which is evidenced and which is not.
/// </summary>
public sealed record XsoarBehaviour
{
    /// <summary>The order of entries in an answer.</summary>
    public WarRoomOrder EntryOrdering { get; init; } = WarRoomOrder.Ascending;

    /// <summary>The value of <c>entries</c> if no entry matches.</summary>
    public EmptyEntries EmptyEntries { get; init; } = EmptyEntries.Absent;

    /// <summary>Whether <c>fromTime</c> leaves out an entry of exactly that time.</summary>
    public bool FromTimeIsExclusive { get; init; }

    /// <summary>Whether <c>lastId</c>, <c>firstId</c> and <c>selectedEntryID</c> are applied; otherwise they are
    /// ignored like any unknown field.</summary>
    public bool HonoursEntryPositions { get; init; } = true;

    /// <summary>Whether a request for an unknown investigation creates an empty one and returns it, as XSIAM does,
    /// instead of an error.</summary>
    public bool UnknownInvestigationMakesShell { get; init; }

    /// <summary>The category of an entry that <c>/entry/note</c> creates.</summary>
    public string NoteCategory { get; init; } = "chat";

    /// <summary>The category of an entry that an upload creates.</summary>
    public string UploadCategory { get; init; } = "";

    /// <summary>The <c>user</c> of an entry that was written with the key.</summary>
    public EntryAuthor EntryAuthor { get; init; } = EntryAuthor.KeyUser;

    /// <summary>The answer to an upload.</summary>
    public UploadAnswer UploadAnswer { get; init; } = UploadAnswer.Entry;

    /// <summary>The body of a 412.</summary>
    public ClosedAnswer ClosedAnswer { get; init; } = ClosedAnswer.ErrorJson;

    /// <summary>Whether <c>/entry/formatted</c> goes on writing into a closed investigation: its description lists no
    /// 412.</summary>
    public bool FormattedEntriesIgnoreClosing { get; init; }

    /// <summary>The status of a version conflict, such as 400, 409, 412 or 500.</summary>
    public int VersionConflictStatus { get; init; } = 400;

    /// <summary>Whether marking an entry as a note, and removing that mark, leaves its <c>version</c> and
    /// <c>modified</c> as they are.</summary>
    public bool NotesKeepVersion { get; init; }

    /// <summary>Whether <c>/entry</c> ignores an <c>id</c> and creates a new entry: no description says that it changes
    /// the entry with that id.</summary>
    public bool EditsMakeNewEntries { get; init; }

    /// <summary>Whether a failed command is answered with a 400 instead of an entry of type 4.</summary>
    public bool FailedCommandIsRefused { get; init; }

    /// <summary>Whether the key's user may run <c>!reopenInvestigation</c>.</summary>
    public bool MayReopen { get; init; } = true;

    /// <summary>Whether completing a completed task is answered with 200 and an <c>error</c> instead of a 400. Both
    /// were observed.</summary>
    public bool CompletedTaskAnswersOk { get; init; }

    /// <summary>Whether the forms that complete a task demand all the parts that the description marks as required.
    /// Clients omit some and succeed.</summary>
    public bool TaskFormsAreStrict { get; init; }

    /// <summary>A pre-processing rule: an incident whose name contains this is not created, and the answer is an empty
    /// 200.</summary>
    public string? DropIncidentsNamed { get; init; }

    /// <summary>Whether the answer to a new incident lacks its id, as observed on 8.x.</summary>
    public bool NewIncidentHasNoId { get; init; }

    /// <summary>Whether <c>/incident/close</c> answers the incident with its old status, as in 8.x' own
    /// example.</summary>
    public bool CloseAnswersOldStatus { get; init; }

    /// <summary>Fields without which <c>/incident/close</c> answers 400, such as <c>closeReason</c> or a custom
    /// field.</summary>
    public IReadOnlyList<string> MandatoryCloseFields { get; init; } = [];

    /// <summary>How many items a search without <c>size</c> returns: 0 according to the description, but clients that
    /// omit it get some.</summary>
    public int SizeWhenMissing { get; init; }

    /// <summary>Whether <c>data</c> of a search without a match is an empty list instead of null.</summary>
    public bool EmptySearchIsList { get; init; }

    /// <summary>Whether queries find incidents by <c>modified</c>; otherwise such a term matches nothing.</summary>
    public bool QueriesKnowModified { get; init; } = true;

    /// <summary>Where the filter of <c>/investigations/search</c> is.</summary>
    public FilterForm InvestigationFilterForm { get; init; } = FilterForm.Either;

    /// <summary>The HTTP method of <c>/incidents/modified</c> in 8.14 and later.</summary>
    public ModifiedMethod ModifiedIncidentsMethod { get; init; } = ModifiedMethod.Either;

    /// <summary>The name of the parameter of <c>/incidents/modified</c> with the time, in seconds since 1970.</summary>
    public string ModifiedIncidentsParameter { get; init; } = "from_timestamp";

    /// <summary>Whether <c>/incident/load</c> counts as a change of the incident.</summary>
    public bool LoadingTouchesIncident { get; init; }

    /// <summary>Whether <c>/user</c> and <c>/users</c> are available to keys of 8.x.</summary>
    public bool UserRoutesOn8 { get; init; }

    /// <summary>Whether the key may read users by <c>/public_api/v1/rbac/get_users</c>; otherwise 403.</summary>
    public bool MayReadUsers { get; init; } = true;

    /// <summary>How a key of 8.x has to be sent.</summary>
    public XsoarKeyKind KeyKind { get; init; } = XsoarKeyKind.Either;

    /// <summary>The tenant of a multi-tenant 6.x: all paths begin with <c>/acc_</c> and its name.</summary>
    public string? Tenant { get; init; }

    /// <summary>Whether 6.x answers <c>/about</c> as <c>text/plain</c>.</summary>
    public bool AboutIsPlainText { get; init; } = true;

    /// <summary><c>deploymentMode</c> of 8.x: <c>saas</c> or <c>opp</c>; null omits it and the product mode, as 8.9
    /// on-prem may.</summary>
    public string? DeploymentMode { get; init; } = "saas";

    /// <summary>Prefixes of paths that are not available to keys: 303 on 8.x, 404 on 6.x.</summary>
    public IReadOnlyList<string> ClosedRoutes { get; init; } = [];

    /// <summary>Prefixes of paths that answer 405 below <c>/xsoar/public/v1</c> and work below <c>/xsoar</c>.</summary>
    public IReadOnlyList<string> CollidingRoutes { get; init; } = [];

    /// <summary>Prefixes of paths that the key's role may not use: 403.</summary>
    public IReadOnlyList<string> RefusedRoutes { get; init; } = [];
}
