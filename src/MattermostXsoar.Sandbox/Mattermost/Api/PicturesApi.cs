using MattermostXsoar.Sandbox.Hosting;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost.Api;

/// <summary>The pictures of accounts.</summary>
internal static class PicturesApi
{
    private const string Path = "/api/v4/users/{}/image";
    private const int Largest = 1024 * 1024;

    private static readonly KeyValuePair<string, string> ForADay = new("Cache-Control", "max-age=86400, private");

    public static void Map(RouteTable routes, MattermostWorld world)
    {
        routes.Map("GET", Path, call => Get(world, call));
        if (!world.Version.PicturesCanBeSet)
            return;
        routes.Map(
            "GET",
            Path + "/default",
            call => new Answer(200, Portrait.Of(Demand.User(world, Demand.UserId(call, 0)).Id), "image/png")
            {
                Headers = [ForADay],
            }
        );
        routes.Map(
            "DELETE",
            Path,
            call =>
            {
                world.SetPicture(Own(world, call), null);
                return Answer.StatusOk;
            }
        );
        routes.MapUpload("POST", Path, call => SetAsync(world, call));
    }

    private static Answer Get(MattermostWorld world, ApiCall call)
    {
        var user = Demand.User(world, Demand.UserId(call, 0));
        if (user.Picture is { } picture)
            return Answer.OfFile(picture, "image/png") with { Headers = [new("Etag", $"{user.PictureAt}"), ForADay] };
        // A new server draws the picture when it is asked for the first time, and keeps it.
        var isStored = !world.Version.DrawnImagesExpire || user.HasDrawnPicture;
        user.HasDrawnPicture = true;
        return new Answer(200, Portrait.Of(user.Id), "image/png")
        {
            Headers = isStored ? [new("Etag", "0"), ForADay] : [new("Cache-Control", "max-age=300, private")],
        };
    }

    private static SandboxUser Own(MattermostWorld world, ApiCall call)
    {
        var user = Demand.User(world, Demand.UserId(call, 0));
        if (user.Id != call.User.Id)
            Demand.SystemAdmin(call, "edit_other_users");
        return user;
    }

    private static async ValueTask<Answer> SetAsync(MattermostWorld world, ApiCall call)
    {
        var user = Own(world, call);
        var form =
            await UploadForm.ReadAsync(call.Http.Request, call.Aborted, Largest)
            ?? throw MattermostException.BodyParameter("image");
        var image = form.Files.FirstOrDefault(static it => it.Field == "image");
        if (image is null)
            throw new MattermostException(
                400,
                "api.user.upload_profile_user.no_file.app_error",
                "No file under 'image' in request."
            );
        if (image.Content.Length > Largest || PictureSize.Of(image.Content.ReadAll().Span) is null)
            throw new MattermostException(
                400,
                "api.user.upload_profile_user.check_image_limits.app_error",
                "Image limits check failed. Resolution is too high."
            );
        world.SetPicture(user, image.Content);
        return Answer.StatusOk;
    }
}
