namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>Thumbnails and previews: JPEGs of the right size, but grey, since the sandbox does not decode
/// images.</summary>
internal static class GreyPicture
{
    /// <summary>The four Huffman tables that annex K of the JPEG standard suggests and most encoders use.</summary>
    private const string StandardTables = """
        AAABBQEBAQEBAQAAAAAAAAAAAQIDBAUGBwgJCgsQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNi
        coIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqy
        s7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+gEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoLEQACAQIE
        BAMEBwUEBAABAncAAQIDEQQFITEGEkFRB2FxEyIygQgUQpGhscEJIzNS8BVictEKFiQ04SXxFxgZGiYnKCkqNTY3ODk6Q0RFRkdISUpTVFVW
        V1hZWmNkZWZnaGlqc3R1dnd4eXqCg4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2dri4+Tl5ufo
        6ery8/T19vf4+fo=
        """;

    /// <summary>Four blocks of grey luminance and two without colour, which take 32 bits with these tables.</summary>
    private static readonly byte[] GreyUnit = [0x28, 0xA2, 0x8A, 0x00];

    /// <summary>The preview in a file's information, in base64.</summary>
    public static string MiniPreview { get; } = Convert.ToBase64String(Of(16, 16));

    /// <summary>An image scaled down to fit.</summary>
    public static byte[] Thumbnail((int Width, int Height) size, int maxWidth, int maxHeight)
    {
        var scale = Math.Min(1d, Math.Min((double)maxWidth / size.Width, (double)maxHeight / size.Height));
        return Of(Math.Max(1, (int)(size.Width * scale)), Math.Max(1, (int)(size.Height * scale)));
    }

    private static byte[] Of(int width, int height)
    {
        var steps = new byte[64];
        Array.Fill(steps, (byte)1);
        var tables = Convert.FromBase64String(StandardTables);
        var units = ((width + 15) / 16) * ((height + 15) / 16);
        return
        [
            0xFF,
            0xD8,
            0xFF,
            0xDB,
            0,
            132,
            0,
            .. steps,
            1,
            .. steps,
            0xFF,
            0xC0,
            0,
            17,
            8,
            (byte)(height >> 8),
            (byte)height,
            (byte)(width >> 8),
            (byte)width,
            3,
            1,
            0x22,
            0,
            2,
            0x11,
            1,
            3,
            0x11,
            1,
            0xFF,
            0xC4,
            (byte)((tables.Length + 2) >> 8),
            (byte)(tables.Length + 2),
            .. tables,
            0xFF,
            0xDA,
            0,
            12,
            3,
            1,
            0x00,
            2,
            0x11,
            3,
            0x11,
            0,
            63,
            0,
            .. Enumerable.Repeat(GreyUnit, units).SelectMany(static it => it),
            0xFF,
            0xD9,
        ];
    }
}
