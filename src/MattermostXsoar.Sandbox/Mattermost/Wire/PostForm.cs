namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>What differs between versions of the server in how it writes posts.</summary>
/// <param name="HasParentIds">Servers before 6.0 write the id of a thread's first post a second time, as
/// <c>parent_id</c>.</param>
/// <param name="ReactionsNameChannels">Reactions have a <c>channel_id</c>, as recorded of 11.6.</param>
internal readonly record struct PostForm(bool HasParentIds, bool ReactionsNameChannels);
