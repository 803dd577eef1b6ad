using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost;

public sealed partial class MattermostWorld
{
    private readonly OrderedDictionary<string, SandboxWebhook> _webhooks = [];

    internal IReadOnlyList<SandboxWebhook> Webhooks => Locked(() => _webhooks.Values.ToArray());

    internal SandboxWebhook? FindWebhook(string id)
    {
        lock (_gate)
            return _webhooks.GetValueOrDefault(id);
    }

    internal SandboxWebhook AddWebhook(SandboxUser owner, SandboxChannel channel, JsonElement wanted)
    {
        lock (_gate)
        {
            var hook = new SandboxWebhook
            {
                Id = Ids.New(),
                UserId = owner.Id,
                ChannelId = channel.Id,
                TeamId = channel.TeamId,
                DisplayName = wanted.Text("display_name") ?? "",
                Description = wanted.Text("description") ?? "",
                Username = wanted.Text("username") ?? "",
                IconUrl = wanted.Text("icon_url") ?? "",
                ChannelLocked =
                    wanted.TryGetProperty("channel_locked", out var locked) && locked.ValueKind == JsonValueKind.True,
                CreateAt = Now,
            };
            _webhooks.Add(hook.Id, hook);
            return hook;
        }
    }

    internal void RemoveWebhook(SandboxWebhook hook)
    {
        lock (_gate)
            _webhooks.Remove(hook.Id);
    }

    /// <summary>Posts as a webhook's owner, with the name and picture that the caller or the webhook
    /// specifies.</summary>
    internal void PostByWebhook(
        SandboxWebhook hook,
        SandboxChannel channel,
        string text,
        string? attachments,
        string? username,
        string? iconUrl
    )
    {
        lock (_gate)
        {
            var props = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["from_webhook"] = "true",
                ["webhook_display_name"] = hook.DisplayName,
            };
            if ((username ?? hook.Username) is { Length: > 0 } name)
                props["override_username"] = name;
            if ((iconUrl ?? hook.IconUrl) is { Length: > 0 } picture)
                props["override_icon_url"] = picture;
            if (attachments is not null)
                props["attachments"] = attachments;
            var request = new NewPostRequest(channel.Id, text)
            {
                IsByWebhook = true,
                Props = props,
                RawProps = attachments is null ? null : new HashSet<string>(StringComparer.Ordinal) { "attachments" },
            };
            var owner = _users[hook.UserId];
            Publish(CreatePost(owner, request), owner);
        }
    }
}
