using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>The parameters for opening a websocket.</summary>
/// <param name="Address">The websocket's address; never contains a token.</param>
/// <param name="Transport">Certificates and proxy, the same as for REST.</param>
/// <param name="Authorization">
/// The token for the Authorization header, or null. It is sent only to resume: the server looks up the old connection
/// during the upgrade, and only for a user who is authenticated by then (connectWebSocket in the server's
/// api4/websocket.go).
/// </param>
internal sealed record UpgradeRequest(Uri Address, TransportOptions Transport, AccessToken? Authorization);
