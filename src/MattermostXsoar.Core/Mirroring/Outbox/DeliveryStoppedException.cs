namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>Ends a pump that may not try for ever; the cause is the error of the last try.</summary>
internal sealed class DeliveryStoppedException(Exception cause) : Exception(cause.Message, cause);
