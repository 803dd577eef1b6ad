using System.Text;
using MattermostXsoar.Core.Http;
using Xunit;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>The names with which files are sent, both ways and by Send-MattermostFile.</summary>
public sealed class FileNamesTests
{
    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("отчёт ü+.txt", "отчёт ü+.txt")]
    [InlineData(".gitignore", ".gitignore")]
    [InlineData("a..b", "a..b")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData(".", "file")]
    [InlineData("..", "file")]
    [InlineData("...", "file")]
    [InlineData(" ", "file")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\boot.ini", "boot.ini")]
    [InlineData("folder/", "file")]
    [InlineData("folder/..", "file")]
    [InlineData("\u202E..", "file")]
    [InlineData("invoice\u202Egpj.exe", "invoicegpj.exe")]
    [InlineData("a\u2066b\u2069\u200F\u061C.txt", "ab.txt")]
    [InlineData("a\0b\r\nc\u001B[31m\u0085\u2028.txt", "abc[31m.txt")]
    [InlineData("a\u200Bb\uFEFF.txt", "ab.txt")]
    [InlineData("🔥.txt", "🔥.txt")]
    [InlineData("👩\u200D💻.txt", "👩\u200D💻.txt")]
    public void A_name_is_made_safe_and_stays_what_it_is(string? name, string expected) =>
        Assert.Equal(expected, FileNames.Safe(name));

    // Not data of the theory: the test platform cannot carry half a character.
    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("\uFFFD.txt", FileNames.Safe("\uD83D.txt"));

    [Theory]
    [InlineData("a", 300, ".pdf")]
    [InlineData("ü", 200, ".tar")]
    [InlineData("語", 150, ".docx")]
    [InlineData("🔥", 100, ".bin")]
    public void A_name_that_is_too_long_is_cut_to_255_bytes_and_keeps_its_extension(
        string letter,
        int count,
        string extension
    )
    {
        var name = FileNames.Safe(string.Concat(Enumerable.Repeat(letter, count)) + extension);
        Assert.EndsWith(letter + extension, name, StringComparison.Ordinal);
        Assert.InRange(
            Encoding.UTF8.GetByteCount(name),
            FileNames.LongestName - Encoding.UTF8.GetByteCount(letter) + 1,
            FileNames.LongestName
        );
        Assert.DoesNotContain('\uFFFD', name);
    }

    [Theory]
    [InlineData(255, 255)]
    [InlineData(256, 255)]
    public void The_limit_is_255_bytes(int length, int expected) =>
        Assert.Equal(expected, FileNames.Safe(new string('a', length)).Length);

    [Fact]
    public void A_long_part_behind_a_dot_is_no_extension() =>
        Assert.Equal("a." + new string('b', 253), FileNames.Safe("a." + new string('b', 300)));

    [Fact]
    public void Every_file_that_is_sent_has_such_a_name() =>
        Assert.Equal("file", new FileSource("..", 1, _ => throw new NotSupportedException()).Name);
}
