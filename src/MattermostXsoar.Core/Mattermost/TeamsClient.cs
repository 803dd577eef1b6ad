using System.Text.Json;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>Teams and their members.</summary>
internal sealed class TeamsClient
{
    private const string Root = MattermostClient.ApiPath + "/teams";

    private readonly ApiTransport _transport;

    public TeamsClient(ApiTransport transport) => _transport = transport;

    public Task<MattermostTeam> GetAsync(string teamId, CancellationToken cancellationToken) =>
        GetAsync("/" + Uri.EscapeDataString(teamId), teamId, cancellationToken);

    public Task<MattermostTeam> GetByNameAsync(string name, CancellationToken cancellationToken)
    {
        ChannelLimits.CheckLookUp("team", name);
        return GetAsync("/name/" + Uri.EscapeDataString(name), name, cancellationToken);
    }

    /// <summary>The teams that a user is in.</summary>
    public async Task<IReadOnlyList<MattermostTeam>> ListForUserAsync(
        string userId,
        CancellationToken cancellationToken
    ) =>
        await _transport.SendAsync(
            new ApiRequest(HttpMethod.Get, $"{MattermostClient.ApiPath}/users/{Uri.EscapeDataString(userId)}/teams")
            {
                Answer = AnswerSize.List,
                Kind = ResourceKind.User,
                Subject = userId,
            },
            MattermostJson.Default.ListMattermostTeam,
            cancellationToken
        );

    /// <summary>Adds a user to a team; nothing changes for a member.</summary>
    public Task<MattermostTeamMember> AddMemberAsync(string teamId, string userId, CancellationToken cancellationToken)
    {
        var member = new NewMember { TeamId = teamId, UserId = userId };
        var request = new ApiRequest(HttpMethod.Post, $"{Root}/{Uri.EscapeDataString(teamId)}/members")
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(member, MattermostJson.Default.NewMember),
            Effect = RequestEffect.Idempotent,
            Kind = ResourceKind.Team,
            Subject = teamId,
            Permission = "add_user_to_team",
        };
        return _transport.SendAsync(request, MattermostJson.Default.MattermostTeamMember, cancellationToken);
    }

    private Task<MattermostTeam> GetAsync(string path, string subject, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiRequest(HttpMethod.Get, Root + path)
            {
                Kind = ResourceKind.Team,
                Subject = subject,
                Permission = "view_team",
            },
            MattermostJson.Default.MattermostTeam,
            cancellationToken
        );
}
