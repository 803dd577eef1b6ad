namespace MattermostXsoar.Core.People.Chat;

/// <summary>
/// What the bot answers: the texts that people know from the original integration (xsoar-rest.md, section 8), and
/// behind them on a line of its own what it means here.
/// </summary>
internal static class ChatReplies
{
    public const string NoArguments =
        "Please specify arguments in the following manner: name=<name> type=[type] or json=<json>.";

    public const string OnlyJson = "No other properties other than json should be specified.";

    public const string NotAllowed = "You are not allowed to create incidents.";

    public const string CreationFailed = "Failed creating incidents.";

    public const string CreationUnknown =
        CreationFailed + "\nWhether there is an incident is not known: look for it in XSOAR before you try again.";

    public const string Failed = "Sorry, I could not perform the selected operation.";

    public const string ExternalUser =
        "As a non Cortex XSOAR user, you're only allowed to run command:\nnew incident [details]";

    public const string NoIncidents = "There are no such incidents.";

    public const string NoTasks = "No tasks are waiting for you.";

    /// <summary>The commands, for a message that is none of them.</summary>
    public const string Help =
        "I can understand the following commands:\n"
        + "list incidents [page x]\n"
        + "list my incidents [page x]\n"
        + "list my tasks\n"
        + "list closed incidents\n"
        + "new incident [details]\n"
        + "mirror incident-id";

    public const string BadJson =
        Failed + "\nWhat follows json= is not the JSON of an incident, or of a list of incidents.";

    /// <summary>More incidents than one message may ask for.</summary>
    public static readonly string TooManyIncidents =
        $"{Failed}\nAt most {IncidentOrder.MostIncidents} incidents can be created by one message.";

    /// <summary>An incident was created.</summary>
    public static string Created(string name, Uri link) =>
        $"Successfully created incident {name}.\n View it on: {Shown(link)}";

    /// <summary>Nobody in XSOAR is this person.</summary>
    public static string UnknownUser(string username, string explanation) =>
        $"I'm sorry but I was unable to find you as a Cortex XSOAR user for {username}. "
        + $"You're not allowed to run any command\n{explanation}";

    /// <summary>A mirror was started, or was there.</summary>
    public static string Mirrored(string type, string channel) =>
        $"Investigation mirrored successfully with mirror type {type},\n channel name: {channel}";

    /// <summary>There is no incident of that id, or it is not for the person.</summary>
    public static string NoIncident(string id) => $"{Failed}\nThere is no incident {id}.";

    /// <summary>The incident is closed.</summary>
    public static string IsClosed(string id) => $"{Failed}\nIncident {id} is closed.";

    /// <summary>There are fewer pages.</summary>
    public static string NoPage(int page, int pages) =>
        pages == 1
            ? $"There is no page {page}: there is one page."
            : $"There is no page {page}: there are {pages} pages.";

    /// <summary>Where a list goes on.</summary>
    public static string NextPage(string command, int page, int pages) =>
        $"Page {page} of {pages}. The next one: {command} page {page + 1}";

    /// <summary>Too many messages in a short time.</summary>
    public static string TooFast(int most) =>
        $"I answer {most} messages of one person in a minute. Please wait a minute.";

    private static string Shown(Uri link) => link.AbsoluteUri;
}
