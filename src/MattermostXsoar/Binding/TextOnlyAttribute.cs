using System.Management.Automation;
using MattermostXsoar.Core.Display;
using MattermostXsoar.Core.Incidents;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Binding;

/// <summary>
/// Rejects a channel, team, user or group from the pipeline as a message: PowerShell would convert it to text and post
/// that, and not in the channel from the pipeline.
/// </summary>
internal sealed class TextOnlyAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is MattermostChannel or MattermostTeam or MattermostUser or MattermostGroup or Incident
            ? throw new ArgumentTransformationMetadataException(
                $"'{VisibleText.Of(value.ToString())}' is not a text. Give the text with -Message, a channel with -Channel and people with -To."
            )
            : inputData;
    }
}
