namespace MattermostXsoar.Core.Platform;

/// <summary>What a server sends as an object, and may send without what makes it one.</summary>
internal interface IAnswer
{
    /// <summary>
    /// Whether it has what every such object has, such as its id: <c>{}</c> is no channel, no user and no post.
    /// </summary>
    bool IsComplete { get; }
}
