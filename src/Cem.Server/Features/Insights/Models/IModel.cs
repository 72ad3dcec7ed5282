using System.Text.Json;

namespace Cem.Server.Features.Insights.Models;

/// <summary>
/// One model on data sent in a call. A class in this assembly that implements it is found by
/// <see cref="ModelCatalog"/>; nothing else knows the list.
/// </summary>
internal interface IModel
{
    /// <summary>The last part of its address, such as <c>wilson-interval</c>.</summary>
    string Name { get; }

    /// <summary>Computes the answer.</summary>
    /// <exception cref="ModelRefusal">The input breaks a rule; nothing else is ever thrown for an input.</exception>
    ModelAnswer Run(JsonElement input);
}
