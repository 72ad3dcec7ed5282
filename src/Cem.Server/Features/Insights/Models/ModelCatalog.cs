using System.Collections.Frozen;

namespace Cem.Server.Features.Insights.Models;

/// <summary>All models of this assembly by name.</summary>
internal static class ModelCatalog
{
    static readonly FrozenDictionary<string, IModel> ByName = typeof(ModelCatalog).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IModel)))
        .Select(type => (IModel)Activator.CreateInstance(type)!)
        .ToFrozenDictionary(model => model.Name, StringComparer.Ordinal);

    /// <summary>Every model's name, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The model of that name, or null.</summary>
    public static IModel? Find(string name) => ByName.GetValueOrDefault(name);
}
