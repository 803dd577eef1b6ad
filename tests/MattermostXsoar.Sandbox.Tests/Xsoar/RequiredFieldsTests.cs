using MattermostXsoar.Sandbox.Xsoar;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Tests.Xsoar;

/// <summary>What the description marks as required is demanded.</summary>
public sealed class RequiredFieldsTests
{
    /// <summary>Every form of the description with each of its required parts.</summary>
    public static TheoryData<string, string> Parts
    {
        get
        {
            var parts = new TheoryData<string, string>();
            foreach (var (call, parameters) in Definitions.Requests)
            {
                foreach (
                    var part in parameters
                        .EnumerateArray()
                        .Where(static it =>
                            it.GetProperty("in").GetString() == "formData" && it.GetProperty("required").GetBoolean()
                        )
                )
                    parts.Add(call, part.GetProperty("name").GetString()!);
            }
            return parts;
        }
    }

    /// <summary>Every call of the description that takes a JSON body.</summary>
    public static TheoryData<string> Bodies =>
        [
            .. Definitions
                .Requests.Where(static it =>
                    it.Parameters.EnumerateArray().Any(static part => part.GetProperty("in").GetString() == "body")
                )
                .Select(static it => it.Call),
        ];

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task A_form_without_a_required_part_is_refused(string call, string missing)
    {
        await using var scene = await XsoarScene.StartAsync(new XsoarBehaviour { TaskFormsAreStrict = true });
        scene.World.AddTask("1", new SandboxTask { Id = "7" });
        var path = call.Split(' ')[1].Replace("{id}", "1", StringComparison.Ordinal);
        Assert.Equal(400, (await scene.FormAsync(path, Form(call, missing))).Status);
        Assert.Equal("Waiting", scene.World.Task("1", "7").State);
        Assert.Equal(200, (await scene.FormAsync(path, Form(call, ""))).Status);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_call_without_its_body_is_refused(string call)
    {
        await using var scene = await XsoarScene.StartAsync();
        Assert.Equal(400, (await scene.PostAsync(call.Split(' ')[1], null)).Status);
        Assert.Equal(400, (await scene.PostAsync(call.Split(' ')[1], "{ no json")).Status);
    }

    [Theory]
    [InlineData("/entry", """{"data":"x"}""")]
    [InlineData("/entry/formatted", """{"contents":"x","format":"text"}""")]
    [InlineData("/entry/formatted", """{"investigationId":"1","contents":"x","format":"pdf"}""")]
    [InlineData("/entry/note", """{"data":"x"}""")]
    [InlineData("/entry/tags", """{"tags":["x"]}""")]
    [InlineData("/entry/delete/v2", "{}")]
    [InlineData("/entry/exportArtifact", "{}")]
    [InlineData("/incident/close", "{}")]
    [InlineData("/inv-playbook/task/complete/simple", """{"invId":"1"}""")]
    [InlineData("/inv-playbook/task/complete/simple", """{"inTaskID":"1"}""")]
    public async Task A_body_without_its_subject_is_refused(string path, string body)
    {
        await using var scene = await XsoarScene.StartAsync();
        Assert.Equal(400, (await scene.PostAsync(path, body)).Status);
    }

    private static (string Name, object Value)[] Form(string call, string missing)
    {
        var parameters = Definitions.Requests.First(it => it.Call == call).Parameters;
        return
        [
            .. parameters
                .EnumerateArray()
                .Select(static it => it.GetProperty("name").GetString()!)
                .Where(it => it != missing && it != "id")
                .Select(static it =>
                    it switch
                    {
                        "file" => ("file/a.txt", (object)"abc"u8.ToArray()),
                        "investigationId" => (it, "1"),
                        "taskId" => (it, "7"),
                        "version" => (it, "-1"),
                        "answers" => (it, "{}"),
                        _ => (it, "x"),
                    }
                ),
        ];
    }
}
