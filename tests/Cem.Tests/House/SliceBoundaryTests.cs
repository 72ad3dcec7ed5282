using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cem.Tests.House;

/// <summary>
/// A slice sees the kernel, the contracts, helpers of its own area and the second axes its area works with; never another
/// slice. An axis sees no slice at all. Read from the IL, so that no using, alias or inference hides a step.
/// </summary>
public sealed class SliceBoundaryTests
{
    /// <summary>Which areas may see which axis.</summary>
    static readonly Dictionary<string, string[]> AxisUsers = new()
    {
        ["Cem.Server.Questionnaires"] = ["Surveys", "Responses"],
        ["Cem.Server.Features.Insights.Models"] = ["Insights"],
        ["Cem.Server.Features.Invitations.Rules"] = ["Invitations"],
    };

    [Test]
    public void No_slice_sees_another_slice()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(Program).Assembly.Location);
        var types = Types(assembly).ToList();

        Breaches.None([.. types.Where(type => Slice(type.Namespace) is not null)], Find(types, "Cem.Server.Features", AxisUsers),
            "Slices talk over facts, views and questions:");
    }

    [Test]
    public void The_rule_bites()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(SliceBoundaryTests).Assembly.Location);
        var specimens = Types(assembly).Where(type => type.Namespace.StartsWith("Cem.Tests.House.Specimens", StringComparison.Ordinal)).ToList();

        var breaches = Find(specimens, "Cem.Tests.House.Specimens.Features", new() { ["Cem.Tests.House.Specimens.Axis"] = ["Near"] }).ToList();

        Assert.That(breaches, Is.EquivalentTo(new[]
        {
            "Near.PeepAcross sees Far.KeepToItself (Cem.Tests.House.Specimens.Features.Far.KeepToItself.Secret)",
            "Far.KeepToItself sees the axis Cem.Tests.House.Specimens.Axis (Cem.Tests.House.Specimens.Axis.Tool)",
        }));
    }

    /// <param name="root">The namespace of the areas.</param>
    static IEnumerable<string> Find(IEnumerable<TypeDefinition> types, string root, Dictionary<string, string[]> axisUsers)
    {
        foreach (var type in types)
        {
            var home = Place(type.Namespace, root);
            var homeAxis = axisUsers.Keys.FirstOrDefault(axis => Within(type.Namespace, axis));
            foreach (var seen in References(type).Select(reference => reference.GetElementType()))
            {
                var owner = Outermost(seen);
                if (axisUsers.Keys.FirstOrDefault(axis => Within(owner.Namespace, axis)) is { } axis)
                {
                    if (homeAxis != axis && home is not null && !axisUsers[axis].Contains(home.Value.Area))
                        yield return $"{home.Value.Area}.{home.Value.Slice} sees the axis {axis} ({owner.FullName})";
                    continue;
                }
                if (Place(owner.Namespace, root) is not { } there)
                    continue;
                if (homeAxis is not null)
                    yield return $"The axis {homeAxis} sees {there.Area}.{there.Slice} ({owner.FullName})";
                else if (home is { } here && (here.Area != there.Area || there.Slice is not null && here.Slice != there.Slice))
                    yield return $"{here.Area}.{here.Slice} sees {there.Area}.{there.Slice} ({owner.FullName})";
            }
        }
    }

    internal static string? Slice(string @namespace) => Place(@namespace, "Cem.Server.Features") is { Slice: { } slice } place ? $"{place.Area}/{slice}" : null;

    static (string Area, string? Slice)? Place(string @namespace, string root)
    {
        if (!@namespace.StartsWith(root + ".", StringComparison.Ordinal))
            return null;
        var parts = @namespace[(root.Length + 1)..].Split('.');
        return (parts[0], parts.Length > 1 ? parts[1] : null);
    }

    static bool Within(string @namespace, string place) =>
        @namespace == place || @namespace.StartsWith(place + ".", StringComparison.Ordinal);

    static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is not null)
            type = type.DeclaringType;
        return type;
    }

    internal static IEnumerable<TypeDefinition> Types(AssemblyDefinition assembly) =>
        assembly.MainModule.Types.Where(type => type.Namespace.Length > 0);

    internal static HashSet<TypeReference> References(TypeDefinition type)
    {
        var seen = new HashSet<TypeReference>();
        Collect(type, seen);
        return seen;
    }

    static void Collect(TypeDefinition type, HashSet<TypeReference> seen)
    {
        Add(type.BaseType, seen);
        foreach (var implemented in type.Interfaces)
            Add(implemented.InterfaceType, seen);
        foreach (var field in type.Fields)
            Add(field.FieldType, seen);
        foreach (var attribute in type.CustomAttributes)
            Add(attribute.AttributeType, seen);
        foreach (var method in type.Methods)
        {
            Add(method.ReturnType, seen);
            foreach (var parameter in method.Parameters)
                Add(parameter.ParameterType, seen);
            if (!method.HasBody)
                continue;
            foreach (var variable in method.Body.Variables)
                Add(variable.VariableType, seen);
            foreach (var instruction in method.Body.Instructions)
                Add(instruction, seen);
        }
        foreach (var nested in type.NestedTypes)
            Collect(nested, seen);
    }

    static void Add(Instruction instruction, HashSet<TypeReference> seen)
    {
        switch (instruction.Operand)
        {
            case TypeReference reference:
                Add(reference, seen);
                break;
            case MethodReference method:
                Add(method.DeclaringType, seen);
                Add(method.ReturnType, seen);
                if (method is GenericInstanceMethod generic)
                    foreach (var argument in generic.GenericArguments)
                        Add(argument, seen);
                break;
            case FieldReference field:
                Add(field.DeclaringType, seen);
                break;
        }
    }

    static void Add(TypeReference? reference, HashSet<TypeReference> seen)
    {
        switch (reference)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                foreach (var argument in generic.GenericArguments)
                    Add(argument, seen);
                break;
        }
        seen.Add(reference);
    }
}
