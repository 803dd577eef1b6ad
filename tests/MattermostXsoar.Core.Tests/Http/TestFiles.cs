using System.Text;
using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>Files that exist only while they are read.</summary>
internal static class TestFiles
{
    public static FileSource Text(string name, string text, bool hasLength = true)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new FileSource(
            name,
            hasLength ? bytes.Length : null,
            _ => Task.FromResult<Stream>(new MemoryStream(bytes))
        );
    }

    public static FileSource From(Stream stream, long length, string name = "big.bin") =>
        new(name, length, _ => Task.FromResult(stream));
}
