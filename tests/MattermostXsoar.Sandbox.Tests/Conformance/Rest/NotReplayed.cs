namespace MattermostXsoar.Sandbox.Tests.Conformance.Rest;

/// <summary>Recordings of calls that no client like the module sends, and why the sandbox does not implement
/// them.</summary>
internal static class NotReplayed
{
    private const string Administration = "administration of the server";
    private const string Integrations = "management of outgoing webhooks and slash commands, which call other programs";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["rest-hooks-outgoing-create"] = Integrations,
        ["rest-commands-list"] = Integrations,
        ["rest-commands-create"] = Integrations,
        ["rest-commands-execute-builtin"] = Integrations,
        ["rest-error-404-commands-execute-unknown"] = Integrations,
        ["rest-error-500-commands-execute-unreachable"] = Integrations,
        ["rest-emoji-create"] = "management of custom emoji; a reaction takes any emoji name",
        ["rest-emoji-list"] = "management of custom emoji; a reaction takes any emoji name",
        ["rest-emoji-by-name"] = "management of custom emoji; a reaction takes any emoji name",
        ["rest-error-404-emoji-by-name"] = "management of custom emoji; a reaction takes any emoji name",
        ["rest-analytics"] = Administration,
        ["rest-jobs-list"] = Administration,
        ["rest-error-501-plugins-list"] = Administration,
        ["rest-error-501-plugins-webapp"] = Administration,
        ["rest-oauth-apps"] = Administration,
        ["rest-error-501-ldap-groups"] = Administration,
    };

    public static string? Reason(string recording) => Reasons.GetValueOrDefault(recording);
}
