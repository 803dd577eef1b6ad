using System.Reflection;
using System.Runtime.CompilerServices;

namespace MattermostXsoar.Module.Tests.Display;

/// <summary>An object of the module all of whose texts are the same.</summary>
internal static class FilledObject
{
    public static object Create(Type type, string text, int depth = 4)
    {
        var filled = RuntimeHelpers.GetUninitializedObject(type);
        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            foreach (
                var field in level.GetFields(
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                )
            )
            {
                if (Value(field.FieldType, text, depth - 1) is { } value)
                    field.SetValue(filled, value);
            }
        }

        return filled;
    }

    private static object? Value(Type type, string text, int depth)
    {
        if (type == typeof(string))
            return text;
        if (type == typeof(Uri))
            return new Uri("https://chat.example/" + Uri.EscapeDataString(text));
        var item = type.IsArray ? type.GetElementType() : type.GetGenericArguments().FirstOrDefault();
        if (item is not null && type.IsAssignableFrom(item.MakeArrayType()))
        {
            var content = Value(item, text, depth);
            var list = Array.CreateInstance(item, content is null ? 0 : 1);
            if (content is not null)
                list.SetValue(content, 0);
            return list;
        }

        var isOurs = type.Assembly.GetName().Name!.StartsWith("MattermostXsoar", StringComparison.Ordinal);
        return
            isOurs && type is { IsClass: true, IsAbstract: false } && !type.IsSubclassOf(typeof(Delegate)) && depth > 0
            ? Create(type, text, depth)
            : null;
    }
}
