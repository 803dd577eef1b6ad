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
        if (
            type.IsGenericType
            && type.GetGenericArguments() is [var item]
            && type.IsAssignableFrom(item.MakeArrayType())
        )
        {
            var list = Array.CreateInstance(item, Value(item, text, depth) is null ? 0 : 1);
            if (list.Length > 0)
                list.SetValue(Value(item, text, depth), 0);
            return list;
        }

        var isOurs = type.Assembly.GetName().Name!.StartsWith("MattermostXsoar", StringComparison.Ordinal);
        return
            isOurs && type is { IsClass: true, IsAbstract: false } && !type.IsSubclassOf(typeof(Delegate)) && depth > 0
            ? Create(type, text, depth)
            : null;
    }
}
