using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Core.Xsoar;

/// <summary>The addresses of XSOAR's web pages.</summary>
internal static class XsoarLinks
{
    // From 8.4 on the addresses of pages have no fragment.
    private static readonly Version WithoutFragment = new(8, 4);

    /// <summary>The War Room of an investigation, or one entry in it.</summary>
    /// <param name="server">The address of the server's API; on 8.x the address of its pages is the same without
    /// <c>api-</c>.</param>
    /// <param name="version">The server's version.</param>
    /// <param name="investigationId">The investigation.</param>
    /// <param name="entryId">The entry, e.g. <c>96@1234</c>, or null.</param>
    public static Uri WarRoom(Uri server, Version version, string investigationId, string? entryId = null)
    {
        var page =
            $"{Pages(server, version)}/{(version < WithoutFragment ? "#/" : "")}"
            + $"WarRoom/{Uri.EscapeDataString(investigationId)}";
        // The vendor's own integrations use the entry's id as it is, with its @.
        return new Uri(entryId is null ? page : $"{page}/{Uri.EscapeDataString(entryId).Replace("%40", "@")}");
    }

    /// <summary>The work plan of an investigation.</summary>
    /// <param name="server">See <see cref="WarRoom"/>.</param>
    /// <param name="version">The server's version.</param>
    /// <param name="investigationId">The investigation.</param>
    public static Uri WorkPlan(Uri server, Version version, string investigationId) =>
        new(
            $"{Pages(server, version)}/{(version < WithoutFragment ? "#/" : "")}"
                + $"WorkPlan/{Uri.EscapeDataString(investigationId)}"
        );

    /// <summary>The War Room on XSIAM: of an incident, or of an alert.</summary>
    /// <remarks>
    /// In the form that the vendor's own integrations use; no address of an entry is known.
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
