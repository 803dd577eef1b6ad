using System.Text;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>A device between the module and the servers that reads what is sent.</summary>
internal sealed class BodyFilter(Func<HttpRequestMessage, string, HttpResponseMessage?> judge)
    : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var body = "";
        if (request.Content is { } content)
        {
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, cancellationToken);
            body = Encoding.UTF8.GetString(copy.ToArray());
            var again = new ByteArrayContent(copy.ToArray());
            again.Headers.ContentType = content.Headers.ContentType;
            request.Content = again;
            request.Headers.ExpectContinue = false;
            request.Headers.TransferEncodingChunked = null;
        }

        return judge(request, body) ?? await base.SendAsync(request, cancellationToken);
    }
}
