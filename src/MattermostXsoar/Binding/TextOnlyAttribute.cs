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
        return value switch
        {
            // With this cause PowerShell binds the incident's properties instead, for -Card.
            Incident => throw new ArgumentTransformationMetadataException(
                "An incident is not a text.",
                new PSInvalidCastException("An incident is not a text.")
            ),
            MattermostChannel
            or MattermostTeam
            or MattermostUser
            or MattermostGroup
            or MattermostPost
            or WarRoomEntry => throw new ArgumentTransformationMetadataException(
                $"'{VisibleText.Of(value.ToString())}' is not a text. Give the text with -Message, a channel with -Channel and people with -To."
            ),
            _ => inputData,
        };
    }
}
