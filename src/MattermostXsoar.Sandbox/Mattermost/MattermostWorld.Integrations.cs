using System.Text.Json;
using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <content>Slash commands and outgoing webhooks.</content>
public sealed partial class MattermostWorld
{
    private readonly List<SandboxCommand> _commands = [];
    private readonly List<SandboxOutgoingWebhook> _outgoingWebhooks = [];

    internal IReadOnlyList<SandboxCommand> SlashCommands => Locked(() => _commands.ToArray());

    internal IReadOnlyList<SandboxOutgoingWebhook> OutgoingWebhooks => Locked(() => _outgoingWebhooks.ToArray());

    internal SandboxCommand AddCommand(SandboxUser creator, JsonElement given)
    {
        lock (_gate)
        {
            var now = Now;
            var command = new SandboxCommand
            {
                Id = Ids.New(),
                CreatorId = creator.Id,
                TeamId = given.Text("team_id") ?? "",
                Trigger = given.Text("trigger") ?? "",
                Method = given.Text("method") ?? "",
                Url = given.Text("url") ?? "",
                DisplayName = given.Text("display_name") ?? "",
                Description = given.Text("description") ?? "",
                AutoComplete = given.Flag("auto_complete") ?? false,
                CreateAt = now,
                UpdateAt = now,
            };
            _commands.Add(command);
            return command;
        }
    }

    internal SandboxOutgoingWebhook AddOutgoingWebhook(SandboxUser creator, JsonElement given)
    {
        lock (_gate)
        {
            var now = Now;
            var hook = new SandboxOutgoingWebhook
            {
                Id = Ids.New(),
                CreatorId = creator.Id,
                TeamId = given.Text("team_id") ?? "",
                CreateAt = now,
                UpdateAt = now,
                Given = given,
            };
            _outgoingWebhooks.Add(hook);
            return hook;
        }
    }

    /// <summary>Puts a changed command in the place of the one with its id.</summary>
    internal SandboxCommand Replace(SandboxCommand changed)
    {
        lock (_gate)
        {
            changed = changed with { UpdateAt = Now };
            _commands[_commands.FindIndex(it => it.Id == changed.Id)] = changed;
            return changed;
        }
    }

    /// <summary>Puts a changed webhook in the place of the one with its id.</summary>
    internal SandboxOutgoingWebhook Replace(SandboxOutgoingWebhook changed)
    {
        lock (_gate)
        {
            changed = changed with { UpdateAt = Now };
            _outgoingWebhooks[_outgoingWebhooks.FindIndex(it => it.Id == changed.Id)] = changed;
            return changed;
        }
    }

    internal void RemoveCommand(string id) => Locked(() => _commands.RemoveAll(it => it.Id == id));

    internal void RemoveOutgoingWebhook(string id) => Locked(() => _outgoingWebhooks.RemoveAll(it => it.Id == id));
}
