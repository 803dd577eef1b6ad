using System.Management.Automation.Host;

namespace MattermostXsoar.Module.Tests.Hosting;

/// <summary>A screen that is only a size: the formatter asks for its width.</summary>
internal sealed class CapturingRawUI : PSHostRawUserInterface
{
    public override ConsoleColor BackgroundColor { get; set; }

    public override ConsoleColor ForegroundColor { get; set; }

    public override Size BufferSize { get; set; } = new(160, 60);

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; }

    public override Coordinates WindowPosition { get; set; }

    public override Size WindowSize { get; set; } = new(160, 60);

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Size MaxWindowSize => WindowSize;

    public override string WindowTitle { get; set; } = "";

    public override bool KeyAvailable => false;

    public override void FlushInputBuffer() { }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();

    public override void ScrollBufferContents(
        Rectangle source,
        Coordinates destination,
        Rectangle clip,
        BufferCell fill
    ) => throw new NotSupportedException();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new NotSupportedException();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) =>
        throw new NotSupportedException();
}
