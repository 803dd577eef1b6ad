using System.Text.Json;
using System.Text.Json.Serialization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>An object of Mattermost. Fields that this version of the module does not name are kept.</summary>
public abstract class MattermostObject
{
    private protected MattermostObject() { }

    /// <summary>Fields that this version of the module does not name, with the values that the server sent.</summary>
    [JsonIgnore]
    public IDictionary<string, object?> AdditionalData =>
        PlainValue.Of(AdditionalJson.Select(one => (one.Key, one.Value)));

    /// <summary>The same as the server sent it.</summary>
    [JsonInclude, JsonExtensionData]
    internal IDictionary<string, JsonElement> AdditionalJson
    {
        get => field ??= new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        set;
    }
}
