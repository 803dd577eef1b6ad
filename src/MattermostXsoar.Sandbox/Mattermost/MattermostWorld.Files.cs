using System.Security.Cryptography;
using System.Text;
using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost;

public sealed partial class MattermostWorld
{
    private readonly Dictionary<string, SandboxUpload> _uploads = [];
    private int _uploaded;
    private readonly byte[] _linkSalt = RandomNumberGenerator.GetBytes(32);

    /// <summary>The files of a post in the order in which people see them.</summary>
    public IReadOnlyList<SandboxFile> Files(SandboxPost post)
    {
        lock (_gate)
        {
            var files = post.FileIds.Where(_files.ContainsKey).Select(id => _files[id]);
            return Version.SortsFiles
                ? [.. files.OrderBy(static file => file.CreateAt).ThenBy(static file => file.Number)]
                : [.. files];
        }
    }

    internal void WriteFile(System.Text.Json.Utf8JsonWriter writer, SandboxFile file) =>
        PostJson.WriteFile(writer, file, Version);

    /// <param name="user">Who uploads it.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="mimeType">The content type.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="channelId">The channel for which it is uploaded.</param>
    internal SandboxFile AddFile(
        SandboxUser user,
        string name,
        string mimeType,
        StoredContent content,
        string channelId = ""
    )
    {
        var size =
            mimeType.StartsWith("image/", StringComparison.Ordinal) && content.Length is > 0 and < int.MaxValue
                ? PictureSize.Of(content.ReadAll().Span)
                : null;
        lock (_gate)
        {
            var file = new SandboxFile
            {
                Id = Ids.New(),
                UserId = user.Id,
                Name = name,
                MimeType = mimeType,
                CreateAt = Now,
                Number = ++_uploaded,
                Stored = content,
                Dimensions = size,
                ChannelId = Version.FilesNameChannels ? channelId : "",
            };
            _files.Add(file.Id, file);
            return file;
        }
    }

    internal SandboxUpload AddUpload(SandboxUser user, string channelId, string name, long size)
    {
        lock (_gate)
        {
            var upload = new SandboxUpload
            {
                Id = Ids.New(),
                UserId = user.Id,
                ChannelId = channelId,
                FileName = name,
                FileSize = size,
                CreateAt = Now,
            };
            _uploads.Add(upload.Id, upload);
            return upload;
        }
    }

    internal SandboxUpload? FindUpload(string id)
    {
        lock (_gate)
            return _uploads.GetValueOrDefault(id);
    }

    internal void RemoveUpload(SandboxUpload upload)
    {
        lock (_gate)
            _uploads.Remove(upload.Id);
    }

    internal SandboxFile? FindFile(string id)
    {
        lock (_gate)
            return _files.TryGetValue(id, out var file) && file.DeleteAt == 0 ? file : null;
    }

    /// <summary>The part of a public link to a file that makes it hard to guess.</summary>
    internal string Signature(string fileId) =>
        Convert
            .ToBase64String(HMACSHA256.HashData(_linkSalt, Encoding.ASCII.GetBytes(fileId)))
            .TrimEnd('=')
            .Replace('+', '-')
            .Replace('/', '_');
}
