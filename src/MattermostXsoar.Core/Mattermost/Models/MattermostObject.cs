using System.Text.Json;
using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>An object of Mattermost. Fields that this version of the module does not name are kept.</summary>
public abstract class MattermostObject
{
    private protected MattermostObject() { }

    /// <summary>Fields that this version of the module does not name, as the server sent them.</summary>
    [JsonInclude, JsonExtensionData]
    public IDictionary<string, JsonElement> AdditionalData
    {
        get => field ??= new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        internal set;
    }
}
