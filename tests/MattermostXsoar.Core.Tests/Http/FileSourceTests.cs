using System.Diagnostics;
using System.Net.Sockets;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Tests.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>Files on disk that are to be sent: links, files of the system, and what is no file.</summary>
public sealed class FileSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("longer than the path of the file, which is the length of a link to it, whatever folder it is in")]
    public async Task A_link_has_its_own_name_and_the_target_s_length_and_content(string content)
    {
        await File.WriteAllTextAsync(_folder.File("evidence.bin"), content, Token);
        Directory.CreateSymbolicLink(_folder.File("folder"), _folder.Path);
        File.CreateSymbolicLink(_folder.File("first"), "evidence.bin");
        File.CreateSymbolicLink(_folder.File("report.txt"), Path.Combine("folder", "first"));

        var source = FileSource.OnDisk(_folder.File("report.txt"));

        Assert.Equal(("report.txt", content.Length), (source.Name, source.Length));
        Assert.Equal(content, await ReadAsync(source));
    }

    [Fact]
    public void A_link_without_a_target_is_reported_as_such()
    {
        File.CreateSymbolicLink(_folder.File("link"), "missing");

        var error = Assert.Throws<MattermostXsoarException>(() => FileSource.OnDisk(_folder.File("link")));

        Assert.Equal((ErrorIds.FileNotFound, ErrorKind.NotFound), (error.ErrorId, error.Kind));
        Assert.Contains("leads to no file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_and_a_link_to_one_are_no_files()
    {
        Directory.CreateSymbolicLink(_folder.File("link"), _folder.Path);

        foreach (var path in new[] { _folder.Path, _folder.File("link") })
        {
            var error = Assert.Throws<MattermostXsoarException>(() => FileSource.OnDisk(path));
            Assert.Equal(ErrorIds.FileNotFound, error.ErrorId);
            Assert.Contains("a folder cannot be sent", error.Advice, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Links_in_a_circle_are_an_error()
    {
        File.CreateSymbolicLink(_folder.File("one"), "two");
        File.CreateSymbolicLink(_folder.File("two"), "one");

        Assert.Equal(
            ErrorIds.FileUnavailable,
            Assert.Throws<MattermostXsoarException>(() => FileSource.OnDisk(_folder.File("one"))).ErrorId
        );
    }

    [Fact]
    public async Task A_pipe_a_socket_and_a_device_are_refused_without_being_opened()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var mkfifo = Process.Start("mkfifo", _folder.File("pipe"));
        await mkfifo.WaitForExitAsync(Token);
        File.CreateSymbolicLink(_folder.File("link"), "pipe");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.File("socket")));

        foreach (var path in new[] { _folder.File("pipe"), _folder.File("link"), _folder.File("socket"), "/dev/zero" })
        {
            var error = Assert.Throws<MattermostXsoarException>(() => FileSource.OnDisk(path));
            Assert.Equal((ErrorIds.FileUnavailable, ErrorKind.InvalidArgument), (error.ErrorId, error.Kind));
            Assert.Contains($"'{path}' is not a file but a pipe", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_of_the_system_that_has_content_but_no_length_is_sent_whole()
    {
        if (!OperatingSystem.IsLinux())
            return;

        var source = FileSource.OnDisk("/proc/version");

        Assert.Null(source.Length);
        Assert.Equal(await File.ReadAllTextAsync("/proc/version", Token), await ReadAsync(source));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_before_anything_is_sent()
    {
        if (!OperatingSystem.IsLinux())
            return;

        // The memory of this process: nothing is at address 0.
        Assert.Equal(
            ErrorIds.FileUnavailable,
            Assert.Throws<MattermostXsoarException>(() => FileSource.OnDisk("/proc/self/mem")).ErrorId
        );
    }

    private static async Task<string> ReadAsync(FileSource source)
    {
        using var reader = new StreamReader(await source.OpenAsync(Token));
        return await reader.ReadToEndAsync(Token);
    }
}
