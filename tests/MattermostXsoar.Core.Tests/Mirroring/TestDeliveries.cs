using MattermostXsoar.Core.Mirroring.Outbox;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>Deliveries for the channel, as the parts that read a War Room make them.</summary>
internal static class TestDeliveries
{
    public static DeliveryRecord Message(long mirrorId, string entryId, string text = "text", int part = 0) =>
        new()
        {
            MirrorId = mirrorId,
            Direction = DeliveryDirection.WarRoomToChat,
            SourceId = entryId,
            Part = part,
            Payload = new EntryPayload { Text = text }.ToJson(),
            Digest = TextDigest.Of(text),
        };

    public static DeliveryRecord Edit(long mirrorId, string entryId, string text, long version = 1) =>
        Message(mirrorId, entryId, text) with
        {
            Kind = DeliveryKind.Edit,
            Revision = version,
            Version = version,
        };

    public static DeliveryRecord Deletion(long mirrorId, string entryId) =>
        Message(mirrorId, entryId, "") with
        {
            Kind = DeliveryKind.Deletion,
            Revision = DeliveryRecord.Deleted,
            Version = DeliveryRecord.Deleted,
            Digest = null,
        };

    /// <summary>How tests call a delivery: <c>a</c>, <c>a/1</c> for its second part, <c>a edit</c>, <c>a
    /// deletion</c>.</summary>
    public static string NameOf(DeliveryRecord delivery) =>
        delivery.SourceId
        + (delivery.Part > 0 ? $"/{delivery.Part}" : "")
        + delivery.Kind switch
        {
            DeliveryKind.Edit => " edit",
            DeliveryKind.Deletion => " deletion",
            _ => "",
        };
}
