using System.Management.Automation;

namespace MattermostXsoar.Binding;

/// <summary>
/// As <see cref="NumberAsTextAttribute"/>, for an id that is a text: an object from the pipeline is not converted to
/// text, so that its properties are bound.
/// </summary>
internal class IdTextAttribute : NumberAsTextAttribute
{
    private protected override object? Convert(object? value) =>
        base.Convert(value) is var text && text is null or string or char
            ? text
            // With this cause PowerShell goes on to bind the properties of the object.
            : throw new ArgumentTransformationMetadataException(
                "An object is not a text. Give a text, or the object's property.",
                new PSInvalidCastException("An object is not a text.")
            );
}
