using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Groups;

/// <summary>Adds or removes members of a group, many users with one call.</summary>
public abstract class GroupMemberCmdlet : SessionCmdlet
{
    private readonly UserBatch<GroupReference> _batch = new();
    private readonly Dictionary<string, MattermostGroup?> _groups = new(StringComparer.OrdinalIgnoreCase);
    private UserResolver? _users;

    private protected GroupMemberCmdlet() { }

    /// <summary>The group, by id, name or as an object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("group_id", "GroupId")]
    [ArgumentCompleter(typeof(GroupCompleter))]
    [NotUnset]
    [NumberAsText]
    public GroupReference Group { get; set; } = null!;

    /// <summary>The users, by id, username (with or without <c>@</c>), e-mail address or as objects.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("user_ids", "user_id", "UserId", "Username", "Email")]
    [ArgumentCompleter(typeof(UserCompleter))]
    [NotUnset]
    [NumberAsText]
    public UserReference[] User { get; set; } = [];

    /// <summary>Writes each member.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The action, for -WhatIf and -Confirm.</summary>
    private protected abstract string ActionOn(MattermostGroup group);

    /// <summary>The text of the original integration.</summary>
    private protected abstract string SuccessMessage(MattermostGroup group, MattermostUser user);

    private protected abstract Task ChangeAsync(
        MattermostSession session,
        MattermostGroup group,
        IReadOnlyCollection<string> userIds,
        CancellationToken cancellationToken
    );

    /// <summary>Whether the server refused a change because there is nothing to change.</summary>
    private protected virtual Task<bool> IsUnneededAsync(
        MattermostSession session,
        MattermostGroup group,
        MattermostUser user,
        CancellationToken cancellationToken
    ) => Task.FromResult(false);

    private protected sealed override bool TryCollect() => _batch.TryAdd(User, Group);

    private protected sealed override Task ProcessAsync(
        MattermostSession session,
        CancellationToken cancellationToken
    ) => _batch.AddAsync(User, Group, batch => ChangeAsync(session, batch, cancellationToken));

    private protected sealed override bool WorksAtEnd => true;

    private protected sealed override Task EndAsync(MattermostSession session, CancellationToken cancellationToken) =>
        _batch.FlushAsync(batch => ChangeAsync(session, batch, cancellationToken));

    private async Task ChangeAsync(
        MattermostSession session,
        IReadOnlyList<(UserReference Reference, GroupReference Group)> batch,
        CancellationToken cancellationToken
    )
    {
        foreach (var of in batch.GroupBy(item => item.Group.IdOrText, StringComparer.OrdinalIgnoreCase))
        {
            var reference = of.First().Group;
            try
            {
                if (await FindAsync(session, reference, cancellationToken) is { } group)
                    await ChangeAsync(session, group, [.. of.Select(item => item.Reference)], cancellationToken);
            }
            catch (MattermostXsoarException error)
            {
                Report(error, reference);
            }
        }
    }

    // A group that cannot be found is one error, however many users are given.
    private async Task<MattermostGroup?> FindAsync(
        MattermostSession session,
        GroupReference reference,
        CancellationToken cancellationToken
    )
    {
        if (!_groups.TryGetValue(reference.IdOrText, out var group))
        {
            _groups.Add(reference.IdOrText, null);
            _groups[reference.IdOrText] = group = await reference.ResolveAsync(session, cancellationToken);
        }

        return group;
    }

    private async Task ChangeAsync(
        MattermostSession session,
        MattermostGroup group,
        IReadOnlyList<UserReference> references,
        CancellationToken cancellationToken
    )
    {
        _users ??= new UserResolver(session);
        var answers = await _users.ResolveAsync(references, cancellationToken);
        var found = new List<(UserReference Reference, MattermostUser User)>();
        for (var i = 0; i < references.Count; i++)
        {
            if (answers[i].User is { } user)
                found.Add((references[i], user));
            else
                Report(answers[i].Error!, references[i]);
        }

        // In one action of the pipeline's thread.
        var ready = await OnPipelineAsync(() =>
            found.Where(item => ShouldProcess(item.User.ToString(), ActionOn(group))).ToList()
        );
        if (ready.Count == 0)
            return;
        try
        {
            await ChangeAsync(session, group, [.. ready.Select(item => item.User.Id)], cancellationToken);
        }
        catch (ApiException refused)
            when (GroupErrors.IsUnchanged(refused)
                || (ready.Count > 1 && refused.Kind is ErrorKind.NotFound or ErrorKind.InvalidArgument)
            )
        {
            await ChangeOneByOneAsync(session, group, ready, refused, cancellationToken);
            return;
        }

        foreach (var (_, user) in ready)
            await ReportAsync(group, user);
    }

    // The server refuses all because of one user; trying them one by one shows which.
    private Task ChangeOneByOneAsync(
        MattermostSession session,
        MattermostGroup group,
        List<(UserReference Reference, MattermostUser User)> members,
        ApiException refused,
        CancellationToken cancellationToken
    ) =>
        ForEachAtOnceAsync(
            members,
            item => item.Reference,
            async Task<MattermostUser?> (item) =>
            {
                try
                {
                    if (members.Count == 1)
                        throw refused;
                    await ChangeAsync(session, group, [item.User.Id], cancellationToken);
                }
                catch (ApiException one) when (GroupErrors.IsUnchanged(one))
                {
                    if (!await IsUnneededAsync(session, group, item.User, cancellationToken))
                        throw GroupErrors.Unchanged(group, item.User, one);
                    Explain($"{item.User} was not in the group '{group.DisplayName}'.");
                    return null;
                }

                return item.User;
            },
            (_, user) => user is null ? Task.CompletedTask : ReportAsync(group, user)
        );

    private async Task ReportAsync(MattermostGroup group, MattermostUser user)
    {
        Explain(SuccessMessage(group, user));
        if (PassThru)
            await WriteAsync(MattermostGroupMember.Of(user, group.Id));
    }
}
