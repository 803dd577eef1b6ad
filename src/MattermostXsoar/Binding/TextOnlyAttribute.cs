using System.Management.Automation;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Binding;

/// <summary>
/// Keeps a channel, team, user or group that comes down the pipeline from being taken for a message: PowerShell would
/// post its name, and in another channel than the one that was piped.
/// </summary>
internal sealed class TextOnlyAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is MattermostChannel or MattermostTeam or MattermostUser or MattermostGroup
            ? throw new ArgumentTransformationMetadataException(
                $"'{value}' is no text to post. Give the text with -Message, a channel with -Channel and people with -To."
            )
            : inputData;
    }
}
