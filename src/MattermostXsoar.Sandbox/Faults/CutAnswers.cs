using System.Globalization;
using System.Text;
using MattermostXsoar.Sandbox.Hosting;
using Microsoft.AspNetCore.Connections.Features;

namespace MattermostXsoar.Sandbox.Faults;

/// <summary>Answers that end too early.</summary>
internal static class CutAnswers
{
    public static async Task WriteAsync(HttpContext http, Answer answer, FaultKind kind)
    {
        if (kind == FaultKind.CutHeaders)
        {
            await WritePastTheServerAsync(http, answer);
        }
        else
        {
            answer.WriteHead(http.Response);
            // An answer without a body is cut by announcing bytes that are never sent.
            if (answer.Length == 0)
                http.Response.ContentLength = 2;
            await answer.CopyToAsync(http.Response.Body, answer.Length / 2, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
        http.Abort();
    }

    /// <remarks>The server sends headers completely or not at all, so half of them is written directly to the
    /// connection.</remarks>
    private static async Task WritePastTheServerAsync(HttpContext http, Answer answer)
    {
        var connection =
            http.Features.Get<IConnectionTransportFeature>()
            ?? throw new InvalidOperationException("This server gives no access to its connection.");
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {answer.Status} OK\r\nContent-Type: application/json\r\nContent-Le"
        );
        await connection.Transport.Output.WriteAsync(Encoding.ASCII.GetBytes(head), http.RequestAborted);
    }
}
