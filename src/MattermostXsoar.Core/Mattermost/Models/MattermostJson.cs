using System.Text.Json.Serialization;

namespace MattermostXsoar.Core.Mattermost.Models;

/// <summary>The source-generated serialization of Mattermost's JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString
)]
[JsonSerializable(typeof(MattermostTeam))]
[JsonSerializable(typeof(List<MattermostTeam>))]
[JsonSerializable(typeof(MattermostTeamMember))]
[JsonSerializable(typeof(MattermostChannel))]
[JsonSerializable(typeof(List<MattermostChannel>))]
[JsonSerializable(typeof(MattermostChannelMember))]
[JsonSerializable(typeof(ChannelStats))]
[JsonSerializable(typeof(MattermostUser))]
[JsonSerializable(typeof(List<MattermostUser>))]
[JsonSerializable(typeof(UserSuggestions))]
[JsonSerializable(typeof(MattermostGroup))]
[JsonSerializable(typeof(List<MattermostGroup>))]
[JsonSerializable(typeof(GroupMemberPage))]
[JsonSerializable(typeof(MattermostGroupMember))]
[JsonSerializable(typeof(UserIds))]
[JsonSerializable(typeof(NewRoles))]
[JsonSerializable(typeof(MattermostPost))]
[JsonSerializable(typeof(PostList))]
[JsonSerializable(typeof(MattermostFileInfo))]
[JsonSerializable(typeof(UploadedFiles))]
[JsonSerializable(typeof(ClientConfig))]
[JsonSerializable(typeof(ClientLicense))]
[JsonSerializable(typeof(ServerLimits))]
[JsonSerializable(typeof(NewPost))]
[JsonSerializable(typeof(PostPatch))]
[JsonSerializable(typeof(PostSearchTerms))]
[JsonSerializable(typeof(NewReaction))]
[JsonSerializable(typeof(NewPrivacy))]
[JsonSerializable(typeof(NewActivity))]
[JsonSerializable(typeof(IReadOnlyList<MattermostAttachment>))]
[JsonSerializable(typeof(NewChannel))]
[JsonSerializable(typeof(NewMember))]
[JsonSerializable(typeof(ChannelPatch))]
[JsonSerializable(typeof(StatusResponse))]
[JsonSerializable(typeof(ServerError))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class MattermostJson : JsonSerializerContext;
