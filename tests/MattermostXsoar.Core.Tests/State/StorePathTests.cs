using MattermostXsoar.Core.State;
using Xunit;

namespace MattermostXsoar.Core.Tests.State;

public sealed class StorePathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_taken_as_it_is() =>
        Assert.Equal(
            _folder.File("mine.db"),
            StorePath.Resolve(_folder.File("mine.db"), new Uri("https://chat.example"))
        );

    [Theory]
    [InlineData("https://chat.example", "chat.example.db")]
    [InlineData("http://127.0.0.1:8065/sub", "127.0.0.1-8065.db")]
    [InlineData("https://[::1]:8443", "__1-8443.db")]
    public void A_folder_gets_a_name_that_distinguishes_servers(string server, string name) =>
        Assert.Equal(
            Path.Combine(_folder.Path, name),
            StorePath.Resolve(_folder.Path, new Uri(server)),
            ignoreCase: true
        );

    [Fact]
    public void A_folder_that_is_not_there_yet_is_known_by_its_closing_separator() =>
        Assert.Equal(
            Path.Combine(_folder.Path, "new", "chat.example.db"),
            StorePath.Resolve(_folder.File("new") + Path.DirectorySeparatorChar, new Uri("https://chat.example"))
        );

    [Fact]
    public void Without_a_path_the_users_own_folder_is_taken() =>
        Assert.EndsWith(
            Path.Combine("MattermostXsoar", "chat.example.db"),
            StorePath.Resolve(null, new Uri("https://chat.example")),
            StringComparison.Ordinal
        );
}
