using System.Globalization;
using MattermostXsoar.QuickStart.Hosting;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.QuickStart;

/// <summary>Starts the sandbox and an engine, runs the script, and checks what arrived on both sides.</summary>
internal static class Show
{
    public static async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { DeveloperMode = false });
        terminal.Step(
            $"The sandbox runs a Mattermost ({sandbox.MattermostUri}) and an XSOAR ({sandbox.XsoarUri}), "
                + "both on this machine only."
        );
        var folder = Directory.CreateTempSubdirectory("MattermostXsoar-");
        var people = new People(sandbox);
        try
        {
            using var engine = new ScriptEngine(terminal);
            engine.Set("MattermostUri", sandbox.MattermostUri);
            engine.Set("XsoarUri", sandbox.XsoarUri);
            engine.SetSecret("BotToken", sandbox.BotToken);
            engine.SetSecret("PersonalToken", sandbox.PersonalToken);
            engine.SetSecret("XsoarApiKey", sandbox.XsoarApiKey);
            engine.Set("StatePath", folder.FullName);
            engine.Set("People", people);
            var report = Path.Combine(folder.FullName, "report.txt");
            await File.WriteAllTextAsync(report, "Two hosts were isolated at 14:02.", cancellationToken);
            engine.Set("Report", report);
            terminal.Plain("");
            engine.Play($"Import-Module '{StagedModule.Manifest}'", cancellationToken);
            foreach (var step in QuickStartScript.Read())
            {
                if (step.Comments.Count > 0)
                    terminal.Plain("");
                foreach (var comment in step.Comments)
                    terminal.Comment(comment);
                engine.Play(step.Command, cancellationToken);
            }

            return Judge(terminal, people, engine);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Judge(Terminal terminal, People people, ScriptEngine engine)
    {
        var fromChat = people.CheckWarRoom();
        var fromWarRoom = people.CheckChat();
        var lost = fromChat.Lost.Count + fromWarRoom.Lost.Count;
        var duplicated = fromChat.Duplicated.Count + fromWarRoom.Duplicated.Count;
        var finished = string.Create(
            CultureInfo.InvariantCulture,
            $"{fromChat.Arrived} messages from the chat, {fromWarRoom.Arrived} from the War Room, "
                + $"{lost} lost, {duplicated} duplicated"
        );

        var wrong = new List<string>();
        wrong.AddRange(fromChat.Lost.Concat(fromWarRoom.Lost).Take(5).Select(text => $"lost: {text}"));
        wrong.AddRange(
            fromChat.Duplicated.Concat(fromWarRoom.Duplicated).Take(5).Select(text => $"duplicated: {text}")
        );
        if (!fromChat.InOrder || !fromWarRoom.InOrder)
            wrong.Add("messages of one author are out of order");
        if (people.ExecutedCommands.Count > 0)
            wrong.Add("a chat message was executed as a command: " + people.ExecutedCommands[0]);
        // The script contains one intended error.
        if (engine.Errors.Count != 1 || engine.Errors[0] != "InvestigationNotFound")
            wrong.Add($"expected only the error InvestigationNotFound, got: {string.Join(", ", engine.Errors)}");
        if (wrong.Count == 0 && fromChat.Arrived > 0 && fromWarRoom.Arrived > 0)
        {
            terminal.Good("Quick start finished: " + finished);
            ShowNext(terminal);
            return 0;
        }

        foreach (var problem in wrong)
            terminal.Problem(problem);
        terminal.Problem("Quick start failed: " + finished);
        return 1;
    }

    private static void ShowNext(Terminal terminal)
    {
        terminal.Plain("");
        terminal.Title("What next");
        terminal.Plain("  dotnet run --project src/MattermostXsoar.Sandbox");
        terminal.Plain(
            "      both servers until Ctrl+C, with a page to write on both sides; prints the line that connects"
        );
        terminal.Plain($"  Import-Module '{StagedModule.Manifest}'");
        terminal.Plain("      in your own PowerShell; Get-Help about_MattermostXsoar");
        terminal.Plain("  README.md");
        terminal.Plain("      the first steps on your own servers; docs/operations.md to run it unattended");
    }
}
