using System.Text;
using Cem.Contracts;
using Cem.Tests.Testing;
using MediatR;

namespace Cem.Tests.House;

/// <summary>
/// What others rely on, as snapshots: the contracts between areas, the schema with its views, the routes with the access
/// each needs. A change here is a decision, not a side effect.
/// </summary>
public sealed class PublishedShapesTests
{
    static readonly Type[] Primitives =
    [
        typeof(string), typeof(int), typeof(long), typeof(bool), typeof(double), typeof(decimal), typeof(DateOnly), typeof(DateTimeOffset),
    ];

    [Test]
    public void Contracts_are_records_of_primitives_and_keep_their_shape()
    {
        var contracts = Contracts().ToList();

        Breaches.None(contracts, contracts.SelectMany(NotPrimitive), "Contracts hold primitives and each other only:");
        var shapes = new StringBuilder();
        foreach (var type in contracts)
            shapes.Append(type.Namespace!["Cem.Contracts.".Length..]).Append('.').Append(type.Name).Append(type.IsAssignableTo(typeof(INotification)) ? " tells" : type.GetInterfaces().Any(IsQuestion) ? " asks" : "")
                .Append(" (").AppendJoin(", ", type.GetProperties().Select(property => $"{property.Name}: {Name(property.PropertyType)}")).Append(")\n");
        Snapshot.Matches(shapes.ToString(), "txt");
    }

    [Test]
    public async Task The_schema_keeps_its_shape()
    {
        await using var host = await CemHost.Run();

        var made = host.Store.Read(reader => reader.Query<string>(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' ORDER BY name"));

        Assert.That(made, Is.Not.Empty);
        Snapshot.Matches(string.Join(";\n\n", made) + ";", "sql");
    }

    [Test]
    public void The_rule_on_contracts_bites() =>
        Assert.That(NotPrimitive(typeof(Specimen)), Is.EqualTo(new[] { "Specimen.Clock is TimeProvider" }));

    static IEnumerable<Type> Contracts() => typeof(ContractsAssembly).Assembly.GetExportedTypes()
        .Where(type => type != typeof(ContractsAssembly)).OrderBy(type => type.FullName, StringComparer.Ordinal);

    static IEnumerable<string> NotPrimitive(Type type) => type.GetProperties()
        .Where(property => !Unwrap(property.PropertyType).All(part => Primitives.Contains(part) || part.Assembly == typeof(ContractsAssembly).Assembly))
        .Select(property => $"{type.Name}.{property.Name} is {Name(property.PropertyType)}");

    static IEnumerable<Type> Unwrap(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Unwrap) : type.IsArray ? Unwrap(type.GetElementType()!) : [type];

    static bool IsQuestion(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IRequest<>);

    static string Name(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;

    sealed record Specimen(string Name, TimeProvider Clock);
}
