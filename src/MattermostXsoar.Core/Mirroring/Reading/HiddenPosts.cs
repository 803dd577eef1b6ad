namespace MattermostXsoar.Core.Mirroring.Reading;

/// <summary>
/// Posts of a channel that the server's limit of the message history hides: without a license a server of 11 and later
/// shows its newest messages only.
/// </summary>
/// <param name="AtLeast">How many there are at least; a page does not say how many it leaves out.</param>
/// <param name="NewestAtMs">When the newest of them was written (ms).</param>
internal readonly record struct HiddenPosts(long AtLeast, long NewestAtMs);
