using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Posts;

/// <summary>A channel in which somebody wrote, with a thread; <c>$post</c> is the id of its first post.</summary>
internal static class PostScene
{
    public static async Task<Scene> StartAsync(SandboxOptions? options = null)
    {
        var scene = await Scene.StartAsync(
            (options ?? new SandboxOptions()) with
            {
                TimeProvider = new TickingClock(),
            }
        );
        var mattermost = scene.Sandbox.Mattermost;
        var first = mattermost.Post("user1", "test", "The first message");
        mattermost.Post("user2", "test", "A reply", first.Id);
        mattermost.Post("user2", "test", "The second message");
        scene.Engine.Set("post", first.Id);
        return scene;
    }
}
