using System.Buffers.Binary;

namespace MattermostXsoar.Sandbox.Mattermost.Wire;

/// <summary>Reads the size of an image from its first bytes.</summary>
internal static class PictureSize
{
    /// <summary>Null if the bytes are not a PNG, GIF or JPEG.</summary>
    public static (int Width, int Height)? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 24 && bytes[0] == 0x89 && bytes[1..4].SequenceEqual("PNG"u8))
            return (BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]));
        if (bytes.Length >= 10 && bytes.StartsWith("GIF8"u8))
            return (
                BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]),
                BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..])
            );
        return bytes.StartsWith<byte>([0xFF, 0xD8]) ? OfJpeg(bytes) : null;
    }

    private static (int Width, int Height)? OfJpeg(ReadOnlySpan<byte> bytes)
    {
        for (
            var at = 2;
            at + 9 <= bytes.Length && bytes[at] == 0xFF;
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..])
        )
        {
            // Frame headers are C0 to CF, but for tables (C4), extensions (C8) and conditioning (CC).
            if (bytes[at + 1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return (
                    BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..])
                );
        }
        return null;
    }
}
