using System.Collections.Specialized;
using System.Management.Automation;
using MattermostXsoar.Core.Context;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Errors;

namespace MattermostXsoar.Cmdlets.Context;

/// <summary>
/// Writes objects as the original integration writes them to XSOAR's context, <c>Mattermost.Team.display_name</c> and
/// so on, with the values that the server sent. It calls no server.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "MattermostContext")]
[OutputType(typeof(OrderedDictionary), typeof(string))]
public sealed class ConvertToMattermostContextCmdlet : ModuleCmdlet
{
    private readonly ContextDocument _context = new();

    /// <summary>Teams, channels, users, groups and members of groups, as the Get- cmdlets return them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Writes JSON instead of a dictionary.</summary>
    [Parameter]
    public SwitchParameter AsJson { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject)
        {
            try
            {
                _context.Add(item.BaseObject);
            }
            catch (MattermostXsoarException error)
            {
                WriteError(ErrorRecords.Create(error, item, redactor: null));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!_context.IsEmpty)
            WriteObject(AsJson ? _context.ToJson() : _context.ToDictionary());
    }
}
