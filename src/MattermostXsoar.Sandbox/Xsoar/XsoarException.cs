namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>An answer that is an error, in XSOAR's form.</summary>
public sealed class XsoarException : Exception
{
    internal XsoarException(int status, string id, string title, string detail, string error = "")
        : base(detail)
    {
        Status = status;
        Id = id;
        Title = title;
        Error = error.Length > 0 ? error : detail;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The error id.</summary>
    public string Id { get; }

    /// <summary>The title.</summary>
    public string Title { get; }

    /// <summary>The text of <c>error</c>.</summary>
    public string Error { get; }

    internal static XsoarException NoInvestigation(string id) =>
        new(400, "noInv", "Could not find investigation", $"Could not find investigation {id}");

    internal static XsoarException NoIncident(string id) =>
        new(400, "errGetIncident", "Could not get incident", $"Could not find incident {id}");

    internal static XsoarException Closed(string id) =>
        new(412, ClosedId, "Precondition Failed", $"Investigation {id} is closed");

    internal static XsoarException BadRequest(string detail) => new(400, "bad_request", "Bad request", detail);

    internal static XsoarException Version(int status) =>
        new(
            status,
            "errOptimisticLock",
            "Version conflict",
            "The item was changed by somebody else, DB version differs"
        );

    internal static XsoarException TaskCompleted() =>
        new(400, TaskCompletedId, "Bad request", "Task is completed already");

    internal const string ClosedId = "errorInvestigationClosed";

    internal const string TaskCompletedId = "taskCompleted";
}
