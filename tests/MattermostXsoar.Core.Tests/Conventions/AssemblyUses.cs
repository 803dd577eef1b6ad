using System.Reflection;
using MattermostXsoar.Core.Http;
using Mono.Cecil;
using ICustomAttributeProvider = Mono.Cecil.ICustomAttributeProvider;

namespace MattermostXsoar.Core.Tests.Conventions;

/// <summary>
/// Which types each type of an assembly uses, as the compiled code shows it: in bases, fields, signatures, method
/// bodies, attributes and type arguments. What is nested in a type, as the compiler's closures and state machines are,
/// counts as that type. A constant leaves no trace, since the compiler copies its value.
/// </summary>
/// <remarks>
/// Read with Mono.Cecil alone, since ArchUnitNET 0.13.5, which is built on it, leaves out catch clauses, the parameters
/// and results of the methods called and some static calls: 186 of 1561 uses within Core.
/// <see cref="AssemblyUsesTests"/> has an example of each kind.
/// </remarks>
internal sealed class AssemblyUses
{
    private readonly Dictionary<string, HashSet<string>> _uses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _bases = new(StringComparer.Ordinal);

    public AssemblyUses(Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        Name = module.Assembly.Name.Name;
        References = module.AssemblyReferences.Select(reference => reference.Name).ToList();
        foreach (var type in module.GetTypes())
            ReadType(type);
    }

    public static AssemblyUses Core { get; } = new(typeof(ApiRequest).Assembly);

    /// <summary>The assembly's name, which is its project's.</summary>
    public string Name { get; }

    /// <summary>The assemblies that it refers to.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>The full names of its top-level types, without those that the compiler adds.</summary>
    public IEnumerable<string> Types => _uses.Keys.Where(type => !type.Contains('<'));

    /// <summary>The top-level types, of any assembly, that a type uses beside itself.</summary>
    public IReadOnlySet<string> Of(string type) => Find(_uses, type);

    /// <summary>The types that a type derives from or implements directly.</summary>
    public IReadOnlySet<string> BasesOf(string type) => Find(_bases, type);

    private static HashSet<string> Find(Dictionary<string, HashSet<string>> all, string type) =>
        all.TryGetValue(type, out var found) ? found : [];

    private static string TopLevelName(TypeReference type)
    {
        while (type.DeclaringType is not null)
            type = type.DeclaringType;
        // A generic type's name ends with the number of its parameters: List`1.
        return type.FullName.Split('`')[0];
    }

    private void ReadType(TypeDefinition type)
    {
        var name = TopLevelName(type);
        _uses.TryAdd(name, new(StringComparer.Ordinal));
        _bases.TryAdd(name, new(StringComparer.Ordinal));
        var user = new Adder(name, _uses[name]);
        user.AddAttributes(type);
        user.AddConstraints(type);
        foreach (
            var inherited in type.Interfaces.Select(implemented => implemented.InterfaceType).Prepend(type.BaseType)
        )
        {
            user.Add(inherited);
            if (inherited is not null && type.DeclaringType is null)
                _bases[name].Add(TopLevelName(inherited));
        }

        foreach (var field in type.Fields)
        {
            user.AddAttributes(field);
            user.Add(field.FieldType);
        }

        foreach (var property in type.Properties)
            user.AddAttributes(property);
        foreach (var raised in type.Events)
            user.AddAttributes(raised);
        foreach (var method in type.Methods)
            ReadMethod(user, method);
    }

    private static void ReadMethod(Adder user, MethodDefinition method)
    {
        user.AddAttributes(method);
        user.AddAttributes(method.MethodReturnType);
        user.AddConstraints(method);
        user.AddMethod(method);
        foreach (var parameter in method.Parameters)
            user.AddAttributes(parameter);
        if (!method.HasBody)
            return;
        foreach (var variable in method.Body.Variables)
            user.Add(variable.VariableType);
        foreach (var handler in method.Body.ExceptionHandlers)
            user.Add(handler.CatchType);
        foreach (var instruction in method.Body.Instructions)
            user.AddOperand(instruction.Operand);
    }

    private sealed class Adder(string user, HashSet<string> used)
    {
        public void Add(TypeReference? type)
        {
            switch (type)
            {
                case null or GenericParameter:
                    break;
                case GenericInstanceType generic:
                    Add(generic.ElementType);
                    foreach (var argument in generic.GenericArguments)
                        Add(argument);
                    break;
                case IModifierType modified:
                    Add(modified.ElementType);
                    Add(modified.ModifierType);
                    break;
                case FunctionPointerType function:
                    Add(function.ReturnType);
                    foreach (var parameter in function.Parameters)
                        Add(parameter.ParameterType);
                    break;
                case TypeSpecification specification:
                    Add(specification.ElementType);
                    break;
                default:
                    if (TopLevelName(type) is var name && name != user)
                        used.Add(name);
                    break;
            }
        }

        public void AddOperand(object? operand)
        {
            switch (operand)
            {
                case TypeReference type:
                    Add(type);
                    break;
                case MethodReference method:
                    AddMethod(method);
                    break;
                case FieldReference field:
                    Add(field.DeclaringType);
                    Add(field.FieldType);
                    break;
            }
        }

        public void AddMethod(MethodReference method)
        {
            Add(method.DeclaringType);
            Add(method.ReturnType);
            foreach (var parameter in method.Parameters)
                Add(parameter.ParameterType);
            if (method is GenericInstanceMethod generic)
            {
                foreach (var argument in generic.GenericArguments)
                    Add(argument);
            }
        }

        public void AddConstraints(IGenericParameterProvider generic)
        {
            foreach (var constraint in generic.GenericParameters.SelectMany(parameter => parameter.Constraints))
                Add(constraint.ConstraintType);
        }

        public void AddAttributes(ICustomAttributeProvider provider)
        {
            foreach (var attribute in provider.CustomAttributes)
            {
                Add(attribute.AttributeType);
                foreach (
                    var argument in attribute
                        .ConstructorArguments.Concat(attribute.Properties.Select(property => property.Argument))
                        .Concat(attribute.Fields.Select(field => field.Argument))
                )
                {
                    AddArgument(argument);
                }
            }
        }

        private void AddArgument(CustomAttributeArgument argument)
        {
            Add(argument.Type);
            switch (argument.Value)
            {
                case TypeReference type:
                    Add(type);
                    break;
                case CustomAttributeArgument boxed:
                    AddArgument(boxed);
                    break;
                case CustomAttributeArgument[] several:
                    foreach (var one in several)
                        AddArgument(one);
                    break;
            }
        }
    }
}
