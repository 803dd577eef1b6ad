namespace MattermostXsoar.Core.State;

/// <summary>Which side a line goes to.</summary>
internal enum DeliveryDirection
{
    /// <summary>From the Mattermost channel into the War Room.</summary>
    ToWarRoom = 0,

    /// <summary>From the War Room into the Mattermost channel.</summary>
    ToChat = 1,
}
