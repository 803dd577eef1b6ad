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
            var now = Now;
            var hook = new SandboxWebhook
            {
                Id = Ids.New(),
                UserId = owner.Id,
                ChannelId = channel.Id,
                TeamId = channel.TeamId,
                CreateAt = now,
                UpdateAt = now,
            };
            Fill(hook, wanted);
            _webhooks.Add(hook.Id, hook);
            return hook;
        }
    }

    internal void UpdateWebhook(SandboxWebhook hook, SandboxChannel channel, JsonElement wanted)
    {
        lock (_gate)
        {
            hook.ChannelId = channel.Id;
            hook.UpdateAt = Now;
            Fill(hook, wanted);
        }
    }

    private void Fill(SandboxWebhook hook, JsonElement wanted)
    {
        hook.DisplayName = wanted.Text("display_name") ?? "";
        hook.Description = wanted.Text("description") ?? "";
        hook.ChannelLocked = wanted.Flag("channel_locked") == true;
        if (!Version.WebhooksHaveNames)
            return;
        hook.Username = wanted.Text("username") ?? "";
        hook.IconUrl = wanted.Text("icon_url") ?? "";
    }

    internal void RemoveWebhook(SandboxWebhook hook)
    {
        lock (_gate)
            _webhooks.Remove(hook.Id);
    }

    /// <summary>Posts as a webhook's owner, with the name and picture that the caller or the webhook specifies. A text that
    /// is too long becomes several posts.</summary>
    internal void PostByWebhook(SandboxWebhook hook, NewPostRequest request, string? username, string? iconUrl)
    {
        lock (_gate)
        {
            request.Props["from_webhook"] = "true";
            request.Props["webhook_display_name"] = hook.DisplayName;
            if ((username ?? hook.Username) is { Length: > 0 } name)
                request.Props["override_username"] = name;
            if ((iconUrl ?? hook.IconUrl) is { Length: > 0 } picture)
                request.Props["override_icon_url"] = picture;
            var owner = _users[hook.UserId];
            foreach (var (text, i) in Parts(request.Message).Select(static (text, i) => (text, i)))
                Publish(
                    CreatePost(
                        owner,
                        request with
                        {
                            Message = text,
                            IsByWebhook = true,
                            Props = new SortedDictionary<string, string>(request.Props, StringComparer.Ordinal),
                            Priority = i == 0 ? request.Priority : null,
                        }
                    ),
                    owner
                );
        }
    }

    private IEnumerable<string> Parts(string text)
    {
        var runes = text.EnumerateRunes().ToList();
        return runes.Count == 0
            ? [""]
            : runes.Chunk(MaxPostSize).Select(static part => string.Concat(part.Select(static it => it.ToString())));
    }
}
