namespace MattermostXsoar.Core.State;

/// <summary>Which side a line goes to.</summary>
public enum DeliveryDirection
{
    /// <summary>From the Mattermost channel into the War Room.</summary>
    ChatToWarRoom = 0,

    /// <summary>From the War Room into the Mattermost channel.</summary>
    WarRoomToChat = 1,
}
