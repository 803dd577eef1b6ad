using System.Globalization;
using System.Text;
using MattermostXsoar.Sandbox.Hosting;
using Microsoft.AspNetCore.Connections.Features;

namespace MattermostXsoar.Sandbox.Faults;

/// <summary>Answers whose end never comes.</summary>
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
            // Of an answer without a body nothing but the end is left to cut: it announces bytes that never come.
            if (answer.Length == 0)
                http.Response.ContentLength = 2;
            await answer.CopyToAsync(http.Response.Body, answer.Length / 2, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
        http.Abort();
    }

    /// <remarks>The server sends headers whole or not at all, so the half of them goes straight onto its
    /// connection.</remarks>
    private static async Task WritePastTheServerAsync(HttpContext http, Answer answer)
    {
        var connection =
            http.Features.Get<IConnectionTransportFeature>()
            ?? throw new InvalidOperationException("This server gives no way to its connection.");
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {answer.Status} OK\r\nContent-Type: application/json\r\nContent-Le"
        );
        await connection.Transport.Output.WriteAsync(Encoding.ASCII.GetBytes(head), http.RequestAborted);
    }
}
