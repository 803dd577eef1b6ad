using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>The users of the platform of 8.x.</summary>
internal sealed class PlatformUsers : IAnswer
{
    private bool _isList;

    bool IAnswer.IsComplete => _isList;

    [JsonInclude, JsonConverter(typeof(LenientListConverter<PlatformUser>))]
    public IReadOnlyList<PlatformUser> Reply
    {
        get;
        internal set => (field, _isList) = (value ?? [], true);
    } = [];
}
