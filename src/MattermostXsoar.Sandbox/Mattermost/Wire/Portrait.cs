using System.Buffers.Binary;
using System.IO.Compression;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>The default profile images. The real server draws initials on the square; the sandbox gives each a
/// colour.</summary>
internal static class Portrait
{
    private const int Side = 128;

    /// <summary>The size of a real server's picture, which decides whether it is compressed.</summary>
    private const int Length = 1035;

    /// <summary>A square PNG in the colour of an id.</summary>
    public static byte[] Of(string id)
    {
        var line = new byte[1 + (3 * Side)];
        for (var i = 1; i < line.Length; i += 3)
            (line[i], line[i + 1], line[i + 2]) = ((byte)(64 + id[0]), (byte)(64 + id[1]), (byte)(64 + id[2]));
        using var pixels = new MemoryStream();
        using (var packed = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < Side; y++)
                packed.Write(line);
        }
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Side);
        (header[8], header[9]) = (8, 2);
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, pixels.ToArray());
        // Length, name and checksum of this chunk and the last.
        const int Frames = 24;
        if (Length - (int)png.Length - Frames - 8 is > 0 and var rest)
            Chunk(png, "tEXt"u8, [.. "Comment\0"u8, .. Enumerable.Repeat((byte)' ', rest)]);
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] body = [.. type, .. data];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(body));
        png.Write(number);
    }

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
