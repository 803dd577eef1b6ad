using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Completion;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Cmdlets.Groups;

/// <summary>Lists the server's groups, or those whose name contains a text.</summary>
[Cmdlet(VerbsCommon.Get, "MattermostGroup")]
[Alias("mattermost-list-groups")]
[OutputType(typeof(MattermostGroup))]
public sealed class GetMattermostGroupCmdlet : PagedCmdlet
{
    /// <summary>A text that the name or the display name contains.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("group", "Name")]
    [ArgumentCompleter(typeof(GroupCompleter))]
    [NotUnset]
    public string? Filter { get; set; }

    private protected override object? ErrorTarget => Filter;

    private protected override Task ProcessAsync(MattermostSession session, CancellationToken cancellationToken) =>
        WriteListAsync(
            (page, size, token) => session.Personal.Groups.ListAsync(Filter, page, size, token),
            cancellationToken
        );
}
