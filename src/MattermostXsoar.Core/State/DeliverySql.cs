namespace MattermostXsoar.Core.State;

/// <summary>The stored numbers of the enums, for the SQL of the table <c>delivery</c>.</summary>
internal static class DeliverySql
{
    public const int Pending = (int)DeliveryState.Pending;

    public const int Done = (int)DeliveryState.Done;

    public const int Failed = (int)DeliveryState.Failed;

    public const int Skipped = (int)DeliveryState.Skipped;

    public const int Content = (int)MessageAspect.Content;

    public const int LaterFile = (int)MessageAspect.File;

    public const int Message = (int)DeliveryKind.Message;

    public const int Notice = (int)DeliveryKind.Notice;

    public const int Edit = (int)DeliveryKind.Edit;

    public const int Deletion = (int)DeliveryKind.Deletion;

    public const int FromChat = (int)DeliveryDirection.ChatToWarRoom;

    public const int FromWarRoom = (int)DeliveryDirection.WarRoomToChat;

    /// <summary>
    /// The condition of the partial index <c>delivery_open</c>: SQLite uses the index only for a query with the same
    /// condition, value by value (https://www.sqlite.org/partialindex.html).
    /// </summary>
    public static readonly string IsOpen = $"state IN ({Pending}, {Failed})";
}
