using System.Reflection;
using Carter;
using Cem.Kernel.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cem.Kernel.Web;

/// <summary>
/// The routes of one slice. Carter finds the module; the handler is bound as in minimal APIs (typed parameters, services,
/// filters, OpenAPI). Every route names the request it sends, and takes its access from there.
/// </summary>
public abstract class Routes : CarterModule
{
    /// <summary>Where the slice's pages stand in the workbench.</summary>
    public virtual IReadOnlyList<NavigationItem> Navigation => [];

    protected Route Get(string path, Delegate handler) => Add(path, handler, base.Get);

    protected Route Post(string path, Delegate handler) => Add(path, handler, base.Post);

    protected Route Put(string path, Delegate handler) => Add(path, handler, base.Put);

    protected Route Patch(string path, Delegate handler) => Add(path, handler, base.Patch);

    protected Route Delete(string path, Delegate handler) => Add(path, handler, base.Delete);

    static Route Add(string path, Delegate handler, Func<string, RequestDelegate, IEndpointConventionBuilder> map)
    {
        var conventions = map(path, static _ => throw new InvalidOperationException("The route is bound by its convention."));
        conventions.Add(builder =>
        {
            var route = (RouteEndpointBuilder)builder;
            builder.Metadata.Add(handler.Method);
            // Here and not in the constructor: only now are the services and the endpoint's filters known.
            var options = new RequestDelegateFactoryOptions
            {
                ServiceProvider = route.ApplicationServices,
                RouteParameterNames = [.. route.RoutePattern.Parameters.Select(parameter => parameter.Name)],
                ThrowOnBadRequest = true,
                EndpointBuilder = builder,
            };
            var inferred = RequestDelegateFactory.InferMetadata(handler.Method, options);
            // Compiling the binding of every route would take longer than all the rest of a start.
            var bound = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(handler, options, inferred).RequestDelegate);
            builder.RequestDelegate = context => bound.Value(context);
            builder.Metadata.Add(FormsProveThemselves.Instance);
        });
        return new Route(conventions, path);
    }
}

/// <summary>What else is said of a route.</summary>
public sealed class Route(IEndpointConventionBuilder conventions, string path)
{
    /// <summary>The request this route sends; who may call the route stands on it.</summary>
    public Route Sends<TRequest>()
    {
        var access = typeof(TRequest).GetCustomAttribute<AccessAttribute>()
            ?? throw new InvalidOperationException($"{typeof(TRequest)} is sent by {path} and says nothing of who may send it.");
        return With(access, new SentRequest(typeof(TRequest)));
    }

    /// <summary>One line for the OpenAPI document.</summary>
    public Route Summary(string summary) => With(new EndpointSummaryAttribute(summary));

    /// <summary>A longer word for the OpenAPI document: what repeating it does, what follows from it.</summary>
    public Route Describe(string description) => With(new EndpointDescriptionAttribute(description));

    /// <summary>An example request body for the OpenAPI document, as JSON.</summary>
    public Route Example(string json) => With(new RequestExample(json));

    /// <summary>The type of a body that is read as it streams, for the OpenAPI document; the handler checks it.</summary>
    public Route Takes(string mediaType) => With(new StreamedBody(mediaType));

    /// <summary>The type of an answer that is no record, for the OpenAPI document.</summary>
    public Route Answers(string mediaType) => Answers<string>(StatusCodes.Status200OK, mediaType);

    /// <summary>An answer that the handler's own type does not tell, for the OpenAPI document.</summary>
    public Route Answers<TResponse>(int status, string mediaType = "application/json") => With(new ProducesResponseTypeMetadata(status, typeof(TResponse), [mediaType]));

    /// <summary>The largest body in bytes; 1 MB where nothing is said.</summary>
    public Route BodyLimit(long bytes) => With(new BodyLimit(bytes));

    /// <summary>Ten calls a minute from one address: for what guesses secrets.</summary>
    public Route StrictRateLimit() => With(new StrictRateLimit());

    /// <summary>A link that carries its own secret (a survey, an unsubscription): its form is checked by the slice, not by the session's token.</summary>
    public Route OwnFormToken() => With(new OwnFormToken());

    public Route With(params object[] metadata)
    {
        conventions.WithMetadata(metadata);
        return this;
    }
}

/// <summary>Form tokens are checked by the gate, not by the framework's antiforgery, which would need a cookie.</summary>
sealed class FormsProveThemselves : Microsoft.AspNetCore.Antiforgery.IAntiforgeryMetadata
{
    public static readonly FormsProveThemselves Instance = new();

    public bool RequiresValidation => false;
}

/// <summary>Which request a route sends.</summary>
public sealed record SentRequest(Type Type);

/// <summary>An example body.</summary>
public sealed record RequestExample(string Json);

/// <summary>The type of a body that is read as it streams.</summary>
public sealed record StreamedBody(string MediaType);

/// <summary>The largest body a route takes.</summary>
public sealed record BodyLimit(long Bytes);

/// <summary>The route proves its forms itself.</summary>
public sealed record OwnFormToken;
