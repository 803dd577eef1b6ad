namespace MattermostXsoar.Sandbox.Mattermost.Model;

/// <summary>An entry of the log of an account's logins.</summary>
internal sealed record SandboxAudit(string Id, long CreateAt, string ExtraInfo, string SessionId);
