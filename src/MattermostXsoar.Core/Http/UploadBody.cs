using System.Text;

namespace MattermostXsoar.Core.Http;

/// <summary>
/// The body of a request that sends a file: the file alone, or in a form. It is read while it is sent.
/// </summary>
internal sealed class UploadBody
{
    private UploadBody(FileSource file, string contentType, byte[] head, byte[] tail, Action<long>? progress)
    {
        File = file;
        ContentType = contentType;
        Head = head;
        Tail = tail;
        Progress = progress;
    }

    public FileSource File { get; }

    public string ContentType { get; }

    /// <summary>The bytes before those of the file.</summary>
    public byte[] Head { get; }

    /// <summary>The bytes after those of the file.</summary>
    public byte[] Tail { get; }

    /// <summary>
    /// Called with the number of bytes of the file that have been sent, on the thread that sends them.
    /// </summary>
    public Action<long>? Progress { get; }

    /// <summary>The length of the whole body, or null if that of the file is not known.</summary>
    public long? Length => File.Length is { } length ? Head.Length + length + Tail.Length : null;

    /// <summary>The file's bytes and nothing else.</summary>
    public static UploadBody Raw(FileSource file, Action<long>? progress) =>
        new(file, "application/octet-stream", [], [], progress);

    /// <summary>A form (multipart/form-data) with some fields and the file at its end.</summary>
    public static UploadBody Form(
        IReadOnlyList<KeyValuePair<string, string>> fields,
        string fileField,
        FileSource file,
        Action<long>? progress
    )
    {
        // Random: a file that contained the boundary could end its part and add fields.
        var boundary = Guid.NewGuid().ToString("N");
        var head = new StringBuilder();
        AppendFields(head, boundary, fields);
        head.Append("--")
            .Append(boundary)
            .Append("\r\nContent-Disposition: form-data; name=\"")
            .Append(fileField)
            .Append("\"; filename=\"")
            .Append(Quoted(file.Name))
            .Append("\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        return new UploadBody(
            file,
            $"multipart/form-data; boundary={boundary}",
            Encoding.UTF8.GetBytes(head.ToString()),
            Encoding.UTF8.GetBytes($"\r\n--{boundary}--\r\n"),
            progress
        );
    }

    /// <summary>A form (multipart/form-data) with fields and no file.</summary>
    public static UploadBody Fields(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        var boundary = Guid.NewGuid().ToString("N");
        var head = new StringBuilder();
        AppendFields(head, boundary, fields);
        return new UploadBody(
            new FileSource("none", 0, _ => Task.FromResult(Stream.Null)),
            $"multipart/form-data; boundary={boundary}",
            Encoding.UTF8.GetBytes(head.ToString()),
            Encoding.UTF8.GetBytes($"--{boundary}--\r\n"),
            null
        );
    }

    private static void AppendFields(
        StringBuilder head,
        string boundary,
        IReadOnlyList<KeyValuePair<string, string>> fields
    )
    {
        foreach (var field in fields)
            head.Append("--")
                .Append(boundary)
                .Append("\r\nContent-Disposition: form-data; name=\"")
                .Append(field.Key)
                .Append("\"\r\n\r\n")
                .Append(field.Value)
                .Append("\r\n");
    }

    // As Go, in which both servers are written, writes and reads it: UTF-8, with quotes and backslashes escaped.
    private static string Quoted(string name) =>
        name.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\r", "%0D").Replace("\n", "%0A");
}
