using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Realtime;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <content>The categories of the sidebar, and drafts, which each user has for themselves.</content>
public sealed partial class MattermostWorld
{
    private readonly Dictionary<(string UserId, string TeamId), List<SandboxCategory>> _categories = [];
    private readonly OrderedDictionary<(string UserId, string ChannelId, string RootId), SandboxDraft> _drafts = [];

    /// <summary>The categories of a user's sidebar in their order.</summary>
    internal List<SandboxCategory> Categories(string userId, string teamId)
    {
        lock (_gate)
        {
            if (_categories.TryGetValue((userId, teamId), out var known))
                return known;
            SandboxCategory Usual(string type, string name, string sorting = "") =>
                new()
                {
                    Id = $"{type}_{userId}_{teamId}",
                    UserId = userId,
                    TeamId = teamId,
                    Type = type,
                    DisplayName = name,
                    Sorting = sorting,
                };
            return _categories[(userId, teamId)] = [
                Usual("favorites", "Favorites"),
                Usual("channels", "Channels"),
                Usual("direct_messages", "Direct Messages", "recent"),
            ];
        }
    }

    /// <summary>The channels of a category. Those that the user has put nowhere are in the usual ones, sorted by
    /// name.</summary>
    internal IReadOnlyList<string> ChannelsOf(SandboxCategory category)
    {
        lock (_gate)
        {
            if (category.Type is not ("channels" or "direct_messages"))
                return category.ChannelIds;
            var elsewhere = Categories(category.UserId, category.TeamId)
                .SelectMany(static it => it.ChannelIds)
                .ToHashSet();
            var usual = _channels
                .Values.Where(channel =>
                    channel.Members.ContainsKey(category.UserId)
                    && !channel.IsArchived
                    && (category.Type == "channels" ? channel.TeamId == category.TeamId : channel.IsDirect)
                    && !elsewhere.Contains(channel.Id)
                )
                .OrderBy(static channel => channel.DisplayName, StringComparer.Ordinal)
                .Select(static channel => channel.Id);
            return [.. category.ChannelIds, .. usual];
        }
    }

    internal SandboxCategory AddCategory(string userId, string teamId, string name, List<string> channelIds)
    {
        lock (_gate)
        {
            var categories = Categories(userId, teamId);
            foreach (var other in categories)
                other.ChannelIds.RemoveAll(channelIds.Contains);
            var category = new SandboxCategory
            {
                Id = Ids.New(),
                UserId = userId,
                TeamId = teamId,
                Type = "custom",
                DisplayName = name,
                ChannelIds = channelIds,
            };
            // After the favourites.
            categories.Insert(1, category);
            EmitCategory("sidebar_category_created", category);
            return category;
        }
    }

    internal void ChangeCategory(SandboxCategory category, Action<SandboxCategory> change)
    {
        lock (_gate)
        {
            change(category);
            EmitCategory("sidebar_category_updated", category);
        }
    }

    internal void RemoveCategory(SandboxCategory category)
    {
        lock (_gate)
        {
            Categories(category.UserId, category.TeamId).Remove(category);
            EmitCategory("sidebar_category_deleted", category);
        }
    }

    /// <summary>The drafts of a user in a team and in direct and group channels.</summary>
    internal IReadOnlyList<SandboxDraft> Drafts(string userId, string teamId)
    {
        lock (_gate)
        {
            return
            [
                .. _drafts.Values.Where(draft =>
                    draft.UserId == userId
                    && _channels.TryGetValue(draft.ChannelId, out var channel)
                    && (channel.TeamId == teamId || channel.IsDirect)
                ),
            ];
        }
    }

    /// <summary>Keeps a draft; an empty one removes it.</summary>
    internal SandboxDraft? SaveDraft(
        SandboxUser user,
        string channelId,
        string rootId,
        string message,
        JsonElement? props
    )
    {
        lock (_gate)
        {
            var key = (user.Id, channelId, rootId);
            if (message.Length == 0)
            {
                _drafts.Remove(key);
                return null;
            }
            var now = Now;
            var draft = new SandboxDraft
            {
                UserId = user.Id,
                ChannelId = channelId,
                RootId = rootId,
                Message = message,
                Props = props?.GetRawText() ?? "{}",
                CreateAt = _drafts.TryGetValue(key, out var known) ? known.CreateAt : now,
                UpdateAt = now,
            };
            _drafts[key] = draft;
            return draft;
        }
    }

    private void EmitCategory(string name, SandboxCategory category) =>
        Emit(
            name,
            new Audience(category.UserId, "", category.TeamId),
            category.Id,
            static (writer, id) => writer.WriteString("category_id"u8, id)
        );
}
