using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Rest;

/// <summary>The parts of requests that the recorder omitted: the bytes of files, plain fields of forms, secret ids in
/// paths.</summary>
internal static class RecordedGaps
{
    /// <summary>The ids that <c>rest-hooks-incoming-create</c> answered with, and of 11.6
    /// <c>rest-hooks-incoming-create-locked</c>.</summary>
    private const string Hook = "ba46ocyzw7gxtcm5qrd4x5nqew";
    private const string NewHook = "tibcjmdg4jrsxgqegk7mpo4duh";
    private const string LockedHook = "dzc4tkq3d7ro8kz1bjrde91xfr";

    /// <summary>The signature of a public link in the path of <c>rest-files-public</c>.</summary>
    public const string Signature = "Sk2GWX26TpuYQDOI8ktkw7SoS1kCk1maTGJorXliWVU";

    /// <summary>What the recorder posted to the locked webhook.</summary>
    private static readonly HashSet<string> ToLockedHook =
    [
        "rest-hooks-incoming-post-attachments",
        "rest-hooks-incoming-post-form",
        "rest-hooks-incoming-post-props-and-priority",
        "rest-error-403-hooks-incoming-post-other-channel-locked",
        "rest-error-400-hooks-incoming-post-malformed",
        "rest-hooks-incoming-post-too-long",
        "rest-error-403-hooks-incoming-post-direct",
    ];

    private const string TestChannel = "jf1qanp4b3g8mq688xat6fzguw";

    public static string Path(RecordedCall call) =>
        call.Path.Replace(
            "<id>",
            call.Name == "rest-error-400-hooks-incoming-unknown" ? new string('z', 26)
                : !call.IsNewer ? Hook
                : ToLockedHook.Contains(call.Name) ? LockedHook
                : NewHook,
            StringComparison.Ordinal
        );

    /// <summary>The parts of a form: field and file name, which is null for a plain field.</summary>
    public static IEnumerable<(string Field, string? Name)> Parts(JsonElement files) =>
        files.ValueKind == JsonValueKind.Array
            ? files
                .EnumerateArray()
                .Select(
                    static (field, i) =>
                        field.ValueKind == JsonValueKind.Array
                            ? (field[0].GetString()!, field[1].GetString())
                            : (field.GetString()!, (string?)$"{(char)('a' + i)}.txt")
                )
            : files.EnumerateObject().Select(static it => (it.Name, it.Value.GetString()));

    public static string FieldValue(string field) =>
        field switch
        {
            "channel_id" => TestChannel,
            "emoji" => """{"name":"emotomlq","creator_id":"hauke1owxty97m8fgfgearpi5w"}""",
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, "a field that the recorder left out"),
        };

    /// <summary>Bodies of which the recorder kept only the length; null for others.</summary>
    public static HttpContent? Body(string recording, IdMap ids)
    {
        string Post(string message) =>
            $$"""{"channel_id": "{{ids.Translate("736pxnz8jpd4zcq5shxrebmoqy")}}", "message": "{{message}}"}""";
        byte[] Padded(int length) => [.. Encoding.ASCII.GetBytes(Post("size").PadRight(length))];
        return recording switch
        {
            "rest-posts-create-invalid-utf-8" => Raw([.. Encoding.ASCII.GetBytes(Post("a")[..^2]), 0xFF, .. "\"}"u8]),
            "rest-error-400-posts-create-with-byte-order-mark" => Raw([
                0xEF,
                0xBB,
                0xBF,
                .. Encoding.ASCII.GetBytes(Post("x")),
            ]),
            "rest-error-400-posts-create-gzip-body" => Raw(Packed(Encoding.ASCII.GetBytes(Post("x")))),
            "rest-posts-create-body-of-300512-bytes" => Raw(Padded(300_512)),
            "rest-error-413-posts-create-body-of-300513-bytes" => Raw(Padded(300_513)),
            "rest-error-413-posts-create-huge-body" => Raw(Padded(60_000_059)),
            "rest-error-400-posts-create-deep-json" => Raw(Encoding.ASCII.GetBytes(new string('[', 20_000))),
            "rest-hooks-incoming-post-too-long" => Raw(
                Encoding.ASCII.GetBytes($$"""{"text": "{{new string('x', 20_000)}}"}""")
            ),
            "rest-error-400-files-upload-bad-multipart" => new ByteArrayContent("--x\r\na"u8.ToArray())
            {
                Headers = { { "Content-Type", "multipart/form-data; boundary=x" } },
            },
            "rest-hooks-incoming-post-form" => new FormUrlEncodedContent(
                new Dictionary<string, string> { ["payload"] = """{"text":"form"}""" }
            ),
            "rest-posts-create-text-plain" => new StringContent(Post("x"), Encoding.UTF8, "text/plain"),
            _ => null,
        };
    }

    private static ByteArrayContent Raw(byte[] bytes) => new(bytes);

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>A file of the recorded name and length.</summary>
    public static byte[] File(string recording, string name) =>
        (recording, name) switch
        {
            ("rest-files-upload-by-user1", _) => "text of user1"u8.ToArray(),
            ("rest-error-400-users-image-set-not-an-image", _) => "no picture"u8.ToArray(),
            (_, "report.txt") => "hello file\n"u8.ToArray(),
            (_, "empty.txt") => [],
            (_, "big.bin") => new byte[1024 * 1024 + 1],
            (_, "pic.png" or "e.png" or "me.png") => Picture(64, 48, 157),
            (_, "wide.png") => Picture(2000, 1200, 10_604),
            (_, "broken.png") => "not a picture!"u8.ToArray(),
            (
                "rest-files-upload-path-in-name"
                    or "rest-files-upload-no-extension"
                    or "rest-files-upload-emoji-name"
                    or "rest-files-upload-html"
                    or "rest-files-upload-svg"
                    or "rest-files-upload-quote-in-name",
                _
            ) => "contents"u8.ToArray(),
            _ => "x"u8.ToArray(),
        };

    /// <summary>A PNG of one colour, filled up with a comment to the recorded length.</summary>
    private static byte[] Picture(int width, int height, int length)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = 2;
        Chunk(png, "IHDR", header);
        using var pixels = new MemoryStream();
        using (var packed = new ZLibStream(pixels, CompressionLevel.SmallestSize, leaveOpen: true))
            packed.Write(new byte[height * (1 + (3 * width))]);
        Chunk(png, "IDAT", pixels.ToArray());
        const int ChunkFrame = 12;
        Chunk(
            png,
            "tEXt",
            [
                .. "Comment\0"u8,
                .. new byte[length - (int)png.Length - (2 * ChunkFrame) - 8].Select(static _ => (byte)'x'),
            ]
        );
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(body));
        png.Write(number);
    }

    /// <summary>The CRC-32 that ends each chunk of a PNG.</summary>
    private static uint Checksum(byte[] data)
    {
        var sum = uint.MaxValue;
        foreach (var value in data)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
        }
        return ~sum;
    }
}
