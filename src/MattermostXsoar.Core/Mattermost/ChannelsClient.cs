using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>Channels and their members.</summary>
internal sealed class ChannelsClient
{
    private const string Api = MattermostClient.ApiPath;

    /// <summary>The fewest users of a group message (rest-error-400-channels-group-too-few.json).</summary>
    public const int FewestInGroup = 3;

    /// <summary>The most users of a group message.</summary>
    public const int MostInGroup = 8;

    private readonly ApiTransport _transport;

    public ChannelsClient(ApiTransport transport) => _transport = transport;

    public Task<MattermostChannel> GetAsync(string channelId, CancellationToken cancellationToken) =>
        SendAsync(
            Request(HttpMethod.Get, ChannelPath(channelId), channelId, "read_channel"),
            MattermostJson.Default.MattermostChannel,
            cancellationToken
        );

    /// <summary>
    /// Finds a channel by its name in links; an archived one only with <paramref name="includeDeleted"/>.
    /// </summary>
    public Task<MattermostChannel> GetByNameAsync(
        string teamId,
        string name,
        bool includeDeleted = false,
        CancellationToken cancellationToken = default
    )
    {
        ChannelLimits.CheckLookUp("channel", name);
        return SendAsync(
            Request(
                HttpMethod.Get,
                $"{Api}/teams/{Uri.EscapeDataString(teamId)}/channels/name/{Uri.EscapeDataString(name)}"
                    + (includeDeleted ? "?include_deleted=true" : ""),
                name,
                "read_channel"
            ),
            MattermostJson.Default.MattermostChannel,
            cancellationToken
        );
    }

    public Task<IReadOnlyList<MattermostChannel>> ListPublicAsync(
        string teamId,
        int page,
        int perPage,
        CancellationToken cancellationToken
    ) =>
        ListAsync(
            $"{Api}/teams/{Uri.EscapeDataString(teamId)}/channels?page={page}&per_page={perPage}",
            "list_team_channels",
            cancellationToken
        );

    /// <summary>All private channels of a team, which only system administrators may list.</summary>
    public Task<IReadOnlyList<MattermostChannel>> ListPrivateAsync(
        string teamId,
        int page,
        int perPage,
        CancellationToken cancellationToken
    ) =>
        ListAsync(
            $"{Api}/teams/{Uri.EscapeDataString(teamId)}/channels/private?page={page}&per_page={perPage}",
            "manage_system",
            cancellationToken
        );

    /// <summary>
    /// The channels of all teams that a user is in, direct and group messages included. Servers before 6.1 do not have
    /// this call (404).
    /// </summary>
    public Task<IReadOnlyList<MattermostChannel>> ListForUserAsync(
        string userId,
        CancellationToken cancellationToken
    ) => ListAsync($"{Api}/users/{Uri.EscapeDataString(userId)}/channels", "edit_other_users", cancellationToken);

    /// <summary>The channels of a team that a user is in, direct and group messages included.</summary>
    public Task<IReadOnlyList<MattermostChannel>> ListForUserAsync(
        string userId,
        string teamId,
        CancellationToken cancellationToken
    ) =>
        ListAsync(
            $"{Api}/users/{Uri.EscapeDataString(userId)}/teams/{Uri.EscapeDataString(teamId)}/channels",
            "edit_other_users and view_team",
            cancellationToken
        );

    /// <exception cref="MattermostXsoarException">InvalidArgument, before anything is sent, for names and texts that no
    /// server allows (<see cref="ChannelLimits"/>).</exception>
    public Task<MattermostChannel> CreateAsync(NewChannel channel, CancellationToken cancellationToken)
    {
        ChannelLimits.Check(channel, ProductVersion.Unknown);
        return SendAsync(
            new ApiRequest(HttpMethod.Post, Api + "/channels")
            {
                Body = JsonSerializer.SerializeToUtf8Bytes(channel, MattermostJson.Default.NewChannel),
                Kind = ResourceKind.Team,
                Subject = channel.Name,
                Permission = channel.Type == "O" ? "create_public_channel" : "create_private_channel",
            },
            MattermostJson.Default.MattermostChannel,
            cancellationToken
        );
    }

    /// <summary>The channel of direct messages between two users; created at its first use.</summary>
    public Task<MattermostChannel> OpenDirectAsync(
        string userId,
        string otherUserId,
        CancellationToken cancellationToken
    ) => OpenAsync("/direct", [userId, otherUserId], "create_direct_channel", cancellationToken);

    /// <summary>
    /// The channel of group messages between <see cref="FewestInGroup"/> and <see cref="MostInGroup"/> users; created
    /// at its first use.
    /// </summary>
    public Task<MattermostChannel> OpenGroupAsync(
        IReadOnlyCollection<string> userIds,
        CancellationToken cancellationToken
    ) => OpenAsync("/group", userIds, "create_group_channel", cancellationToken);

    /// <summary>Changes the fields that the patch contains.</summary>
    /// <exception cref="ApiException">Among others ChannelArchived, and ChannelExists for a name that is
    /// taken.</exception>
    public async Task<MattermostChannel> PatchAsync(
        string channelId,
        ChannelPatch patch,
        CancellationToken cancellationToken
    )
    {
        ChannelLimits.Check(patch, ProductVersion.Unknown);
        var request = new ApiRequest(HttpMethod.Put, ChannelPath(channelId) + "/patch")
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(patch, MattermostJson.Default.ChannelPatch),
            Effect = RequestEffect.Idempotent,
            Kind = ResourceKind.Channel,
            Subject = channelId,
            Permission = "manage_public_channel_properties, or manage_private_channel_properties if it is private",
        };
        try
        {
            return await _transport.SendAsync(request, MattermostJson.Default.MattermostChannel, cancellationToken);
        }
        catch (ApiException refused) when (refused.ServerErrorId == ServerErrorIds.ChannelUpdateRefused)
        {
            if (await ExplainAsync(channelId, patch, refused, cancellationToken) is { } explained)
                throw explained;
            throw;
        }
    }

    /// <summary>Archives a channel.</summary>
    /// <exception cref="ApiException">Among others ChannelArchived if it is archived already.</exception>
    public Task DeleteAsync(string channelId, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            Request(
                HttpMethod.Delete,
                ChannelPath(channelId),
                channelId,
                "delete_public_channel, or delete_private_channel if it is private"
            ),
            cancellationToken
        );

    /// <summary>
    /// Makes a channel private (<c>P</c>) or public (<c>O</c>); nothing changes if it is so already (recorded of 11.6:
    /// rest-channels-privacy-same).
    /// </summary>
    public Task<MattermostChannel> SetPrivacyAsync(
        string channelId,
        string privacy,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            new ApiRequest(HttpMethod.Put, ChannelPath(channelId) + "/privacy")
            {
                Body = JsonSerializer.SerializeToUtf8Bytes(
                    new NewPrivacy { Privacy = privacy },
                    MattermostJson.Default.NewPrivacy
                ),
                Effect = RequestEffect.Idempotent,
                Kind = ResourceKind.Channel,
                Subject = channelId,
                Permission = privacy == "P" ? "convert_public_channel_to_private" : "convert_private_channel_to_public",
            },
            MattermostJson.Default.MattermostChannel,
            cancellationToken
        );

    /// <summary>Brings back an archived channel. One that is not archived is refused with 400.</summary>
    public Task<MattermostChannel> RestoreAsync(string channelId, CancellationToken cancellationToken) =>
        SendAsync(
            Request(HttpMethod.Post, ChannelPath(channelId) + "/restore", channelId, "manage_team"),
            MattermostJson.Default.MattermostChannel,
            cancellationToken
        );

    /// <summary>Adds a user to a channel. For a member nothing changes and the server answers 201 again.</summary>
    public Task<MattermostChannelMember> AddMemberAsync(
        string channelId,
        string userId,
        CancellationToken cancellationToken
    )
    {
        var request = new ApiRequest(HttpMethod.Post, ChannelPath(channelId) + "/members")
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(
                new NewMember { UserId = userId },
                MattermostJson.Default.NewMember
            ),
            Effect = RequestEffect.Idempotent,
            Kind = ResourceKind.Channel,
            Subject = channelId,
            Permission = "manage_public_channel_members, or manage_private_channel_members if it is private",
        };
        return _transport.SendAsync(request, MattermostJson.Default.MattermostChannelMember, cancellationToken);
    }

    public Task RemoveMemberAsync(string channelId, string userId, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            Request(
                HttpMethod.Delete,
                $"{ChannelPath(channelId)}/members/{Uri.EscapeDataString(userId)}",
                channelId,
                "manage_public_channel_members, or manage_private_channel_members if it is private"
            ),
            cancellationToken
        );

    /// <summary>Gives a member other roles in the channel, e.g. <c>channel_user channel_admin</c>.</summary>
    public Task SetMemberRolesAsync(string channelId, string userId, string roles, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(
            HttpMethod.Put,
            $"{ChannelPath(channelId)}/members/{Uri.EscapeDataString(userId)}/roles"
        )
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(new NewRoles { Roles = roles }, MattermostJson.Default.NewRoles),
            Effect = RequestEffect.Idempotent,
            Kind = ResourceKind.Channel,
            Subject = channelId,
            Permission = "manage_channel_roles",
        };
        return _transport.SendAsync(request, cancellationToken);
    }

    /// <summary>A user's membership.</summary>
    /// <exception cref="ApiException">404 with <see cref="ServerErrorIds.ChannelMemberMissing"/> for a user who is not
    /// a member.</exception>
    public Task<MattermostChannelMember> GetMemberAsync(
        string channelId,
        string userId,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            Request(
                HttpMethod.Get,
                $"{ChannelPath(channelId)}/members/{Uri.EscapeDataString(userId)}",
                channelId,
                "read_channel"
            ),
            MattermostJson.Default.MattermostChannelMember,
            cancellationToken
        );

    /// <summary>
    /// Who can read a channel. How many are in it is shown to people and decides nothing: if the server does not tell,
    /// that is no error.
    /// </summary>
    public async Task<ChannelReaders> GetReadersAsync(MattermostChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            var stats = await SendAsync(
                    Request(HttpMethod.Get, ChannelPath(channel.Id) + "/stats", channel.Id, "read_channel"),
                    MattermostJson.Default.ChannelStats,
                    cancellationToken
                )
                .ConfigureAwait(false);
            return new ChannelReaders(channel.IsPrivate, stats.MemberCount, stats.GuestCount);
        }
        catch (ApiException)
        {
            return new ChannelReaders(channel.IsPrivate, null, null);
        }
    }

    // The server has one error id for two reasons (rest-error-400-channels-patch-deleted.json): only the channel shows
    // which one applies.
    private async Task<ApiException?> ExplainAsync(
        string channelId,
        ChannelPatch patch,
        ApiException refused,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var channel = await GetAsync(channelId, cancellationToken);
            if (channel.IsArchived)
                return ChannelErrors.Archived(channel, refused);
            return patch.Name is { } name && name != channel.Name ? ChannelErrors.NameTaken(name, refused) : null;
        }
        catch (ApiException)
        {
            return null;
        }
    }

    private static string ChannelPath(string channelId) => $"{Api}/channels/{Uri.EscapeDataString(channelId)}";

    private static ApiRequest Request(HttpMethod method, string path, string channel, string permission) =>
        new(method, path)
        {
            Kind = ResourceKind.Channel,
            Subject = channel,
            Permission = permission,
        };

    // The same users always have the same channel, so that a repeated request creates no second one.
    private Task<MattermostChannel> OpenAsync(
        string path,
        IReadOnlyCollection<string> userIds,
        string permission,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            new ApiRequest(HttpMethod.Post, $"{Api}/channels{path}")
            {
                Body = JsonSerializer.SerializeToUtf8Bytes(userIds.ToArray(), MattermostJson.Default.StringArray),
                Effect = RequestEffect.Idempotent,
                Kind = ResourceKind.User,
                Permission = permission,
            },
            MattermostJson.Default.MattermostChannel,
            cancellationToken
        );

    private async Task<IReadOnlyList<MattermostChannel>> ListAsync(
        string path,
        string permission,
        CancellationToken cancellationToken
    ) =>
        await SendAsync(
            new ApiRequest(HttpMethod.Get, path)
            {
                Answer = AnswerSize.List,
                Kind = ResourceKind.Team,
                Permission = permission,
            },
            MattermostJson.Default.ListMattermostChannel,
            cancellationToken
        );

    private Task<T> SendAsync<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class => _transport.SendAsync(request, type, cancellationToken);
}
