using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Rest;

/// <summary>Sends a recorded request to the sandbox, with the sandbox's ids and tokens instead of the recorded
/// ones.</summary>
internal sealed class RequestPlayer(Uri site, IdMap ids, IReadOnlyDictionary<string, string> tokens) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public void Dispose() => _http.Dispose();

    public async Task<Answered> PlayAsync(RecordedCall call)
    {
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), Address(call));
        // The recorder's client accepted gzip, so the server compressed long answers.
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        if (Token(call.Caller) is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = Content(call);
        if (call.Request.TryGetProperty("headers", out var given))
        {
            foreach (var header in given.EnumerateObject())
            {
                var value = ids.Translate(header.Value.GetString()!);
                if (!request.Headers.TryAddWithoutValidation(header.Name, value))
                    request.Content?.Headers.TryAddWithoutValidation(header.Name, value);
            }
        }
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        // As received: parsed ones would be written in the client's format.
        var headers = response
            .Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .ToDictionary(
                static it => it.Key,
                static it => string.Join(", ", it.Value),
                StringComparer.OrdinalIgnoreCase
            );
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new Answered(
            (int)response.StatusCode,
            headers,
            response.Content.Headers.ContentEncoding.Contains("gzip") ? Unpack(body) : body
        );
    }

    private Uri Address(RecordedCall call)
    {
        var path = ids.Translate(RecordedGaps.Path(call));
        if (tokens.TryGetValue("signature", out var signature))
            path = path.Replace(RecordedGaps.Signature, signature, StringComparison.Ordinal);
        var query = ids.Translate(call.Query);
        var address = path + (query.Length == 0 ? "" : (path.Contains('?') ? "&" : "?") + query);
        // As it is, also where it could be written in a simpler way.
        return call.Name.Contains("-route-", StringComparison.Ordinal) || path.Contains("/..", StringComparison.Ordinal)
            ? new Uri(
                site.AbsoluteUri.TrimEnd('/') + address,
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
            )
            : new Uri(site, address);
    }

    private string? Token(string? caller) =>
        caller switch
        {
            null or "no token" => null,
            ['t', 'o', 'k', 'e', 'n', ' ', .. var literal] => literal,
            _ => tokens[caller],
        };

    private HttpContent? Content(RecordedCall call)
    {
        if (call.Request.TryGetProperty("json", out var json))
            return new StringContent(
                RecordedCall.Site().Replace(ids.Translate(json.GetRawText()), site.AbsoluteUri.TrimEnd('/')),
                Encoding.UTF8,
                "application/json"
            );
        if (call.Request.TryGetProperty("multipart_files", out var files))
            return Form(call, files);
        if (!call.Request.TryGetProperty("data", out var data))
            return null;
        var text = data.GetString()!;
        if (RecordedGaps.Body(call.Name, ids) is { } body)
            return body;
        // "<9 bytes>": the recorder did not store them.
        return text is ['<', .. var length, 'b', 'y', 't', 'e', 's', '>']
            ? new ByteArrayContent(
                new byte[
                    int.Parse(
                        length,
                        NumberStyles.Integer | NumberStyles.AllowTrailingWhite,
                        CultureInfo.InvariantCulture
                    )
                ]
            )
            : new ByteArrayContent(Encoding.UTF8.GetBytes(ids.Translate(text)));
    }

    private MultipartFormDataContent Form(RecordedCall call, JsonElement files)
    {
        var form = new MultipartFormDataContent();
        if (call.Request.TryGetProperty("data", out var data))
        {
            foreach (var field in data.EnumerateObject())
                form.Add(new StringContent(ids.Translate(field.Value.GetString()!)), field.Name);
        }
        foreach (var (field, name) in RecordedGaps.Parts(files))
        {
            if (name is null)
                form.Add(new StringContent(ids.Translate(RecordedGaps.FieldValue(field))), field);
            else
                form.Add(new ByteArrayContent(RecordedGaps.File(call.Name, name)), field, name);
        }
        return form;
    }

    private static byte[] Unpack(byte[] body)
    {
        using var packed = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        packed.CopyTo(plain);
        return plain.ToArray();
    }
}
