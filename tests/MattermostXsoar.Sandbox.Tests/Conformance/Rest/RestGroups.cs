namespace MattermostXsoar.Sandbox.Tests.Conformance.Rest;

/// <summary>The groups of recordings in the document.</summary>
internal static class RestGroups
{
    private static readonly (string Title, string[] Beginnings)[] Groups =
    [
        (
            "System, license and routes",
            ["system", "license", "config", "roles", "unknown-route", "wrong-method", "method-not-on-route"]
        ),
        (
            "Login and tokens",
            [
                "users-me",
                "bad-token",
                "no-token",
                "short-token",
                "users-login",
                "login",
                "bot-logs-in",
                "users-sessions",
                "users-token",
                "users-audits",
            ]
        ),
        ("Users and status", ["users", "user", "username"]),
        ("Preferences", ["preferences"]),
        ("Bots", ["bots", "bot"]),
        ("Teams", ["teams", "team"]),
        ("Members of channels", ["channels-member", "channels-timezones"]),
        ("Channels", ["channels", "channel"]),
        ("Posts and threads", ["posts", "post"]),
        ("Reactions", ["reactions"]),
        ("Files", ["files", "file"]),
        ("Groups", ["groups"]),
        ("Webhooks", ["hooks"]),
        ("Everything else", [""]),
    ];

    /// <summary>The group of a recording named <c>rest-…</c> or <c>rest-error-404-…</c>.</summary>
    public static string Of(string recording)
    {
        var name = recording["rest-".Length..];
        if (name.StartsWith("error-", StringComparison.Ordinal))
            name = name["error-404-".Length..];
        return Groups
            .First(group =>
                group.Beginnings.Any(it =>
                    it.Length == 0
                    || name == it
                    || name.StartsWith(it + "-", StringComparison.Ordinal)
                    || name.StartsWith(it + "s-", StringComparison.Ordinal)
                )
            )
            .Title;
    }

    public static IReadOnlyList<ConformanceTable> Tables(IReadOnlyList<(string Group, ConformanceRow Row)> rows) =>
        [
            .. from @group in Groups
            let own = rows.Where(it => it.Group == @group.Title).Select(static it => it.Row).ToList()
            where own.Count > 0
            select new ConformanceTable(@group.Title, "request", own),
        ];
}
