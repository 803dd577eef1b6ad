using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost;

public sealed partial class MattermostWorld
{
    internal SandboxFile AddFile(SandboxUser user, string name, string mimeType, StoredContent content)
    {
        lock (_gate)
        {
            var file = new SandboxFile { Id = Ids.New(), UserId = user.Id, Name = name, MimeType = mimeType, CreateAt = Now, Stored = content };
            _files.Add(file.Id, file);
            return file;
        }
    }

    internal SandboxFile? FindFile(string id)
    {
        lock (_gate)
            return _files.GetValueOrDefault(id);
    }
}
