using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Groups;

/// <summary>Lists the members of groups.</summary>
[Cmdlet(VerbsCommon.Get, "MattermostGroupMember")]
[Alias("mattermost-list-group-members")]
[OutputType(typeof(MattermostGroupMember))]
public sealed class GetMattermostGroupMemberCmdlet : PagedCmdlet
{
    /// <summary>The groups, by id, name or as objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("group_id", "GroupId")]
    [ArgumentCompleter(typeof(GroupCompleter))]
    [NotUnset]
    [NumberAsText]
    public GroupReference[] Group { get; set; } = [];

    private protected override Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken) =>
        ForEachAsync(Group, reference => ListAsync(session, reference, cancellationToken));

    private async Task ListAsync(
        MattermostSession session,
        GroupReference reference,
        CancellationToken cancellationToken
    )
    {
        if (IsFull)
            return;
        var group = await reference.ResolveAsync(session, cancellationToken);
        var (read, total) = (0, 0L);
        await WriteListAsync(
            async (page, size, token) =>
            {
                var found = await session.Personal.Groups.ListMembersAsync(group.Id, page, size, token);
                (read, total) = (read + found.Members.Count, found.Total);
                return found.Members;
            },
            cancellationToken
        );
        Explain($"Group {group.Id} members ({read}/{total})");
    }
}
