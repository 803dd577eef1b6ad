using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Core.Xsoar;

/// <summary>The addresses of XSOAR's web pages.</summary>
internal static class XsoarLinks
{
    // From 8.4 on the pages are addressed without a fragment.
    private static readonly Version WithoutFragment = new(8, 4);

    /// <summary>The War Room of an investigation, or one entry in it.</summary>
    /// <param name="server">The server as the clients know it; on 8.x its API host, whose pages are at the name without
    /// <c>api-</c>.</param>
    /// <param name="version">The server's version.</param>
    /// <param name="investigationId">The investigation.</param>
    /// <param name="entryId">The entry to point at, e.g. <c>96@1234</c>, or null.</param>
    public static Uri WarRoom(Uri server, Version version, string investigationId, string? entryId = null)
    {
        var page =
            $"{Pages(server, version)}/{(version < WithoutFragment ? "#/" : "")}WarRoom/{Uri.EscapeDataString(investigationId)}";
        // The vendor's own integrations put the entry's id in as it is, with its @.
        return new Uri(entryId is null ? page : $"{page}/{Uri.EscapeDataString(entryId).Replace("%40", "@")}");
    }

    /// <summary>The War Room on an XSIAM: of an incident, or of an alert.</summary>
    /// <remarks>
    /// As the vendor's own integrations make it; an entry in it has no address that is known.
    /// </remarks>
    public static Uri XsiamWarRoom(Uri server, string investigationId)
    {
        const string Incident = "INCIDENT-";
        var pages = Pages(server, WithoutFragment);
        var id = Uri.EscapeDataString(investigationId);
        return new Uri(
            investigationId.StartsWith(Incident, StringComparison.Ordinal)
                ? $"{pages}/incidents/war_room?caseId={id.Substring(Incident.Length)}"
                : $"{pages}/incidents/alerts_and_insights?caseId={id}&action:openAlertDetails={id}-warRoom"
        );
    }

    private static string Pages(Uri server, Version version)
    {
        const string ApiHost = "api-";
        if (version.Major < 8 || !server.Host.StartsWith(ApiHost, StringComparison.OrdinalIgnoreCase))
            return ServerAddress.Root(server);
        var pages = new UriBuilder(server) { Host = server.Host.Substring(ApiHost.Length) };
        return ServerAddress.Root(pages.Uri);
    }
}
