using System.Text.RegularExpressions;
using Cem.Contracts.Access;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using Cem.Tests.Resilience;
using Cem.Tests.Testing;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cem.Tests.House;

/// <summary>
/// Whatever changes something, or carries data out of the building, leaves an entry in the audit trail, or has a reason
/// here why not. Read from the IL: the route's request, its handler, and all that the handler calls.
/// </summary>
public sealed partial class AuditTrailTests
{
    const string OwnHistory = "the work order's own history says who did it";
    const string IsTheRecord = "what comes in is itself the record, with its source and when it came";
    const string Contact = "a contact's own act; there is nobody of ours to name";

    static readonly Dictionary<string, string> Exceptions = new()
    {
        ["PUT /api/v1/accounts/{externalId}"] = IsTheRecord,
        ["POST /api/v1/accounts:batch"] = IsTheRecord,
        ["PUT /api/v1/contacts/{externalId}"] = IsTheRecord,
        ["POST /api/v1/contacts:batch"] = IsTheRecord,
        ["POST /api/v1/events"] = IsTheRecord,
        ["POST /api/v1/events:batch"] = IsTheRecord,
        ["POST /api/v1/responses"] = IsTheRecord,
        ["POST /api/v1/responses:batch"] = IsTheRecord,
        ["POST /api/v1/feedback"] = IsTheRecord,
        ["POST /api/v1/models/{model}"] = "computes on what is sent and keeps nothing",
        ["POST /api/v1/operational-data:test"] = "reads what is sent and keeps nothing",
        ["POST /preferences"] = "the browser's own cookie",
        ["POST /reports/mail"] = "one's own mail, chosen on one's own page",
        ["POST /reports/stop/{secret}"] = "one's own mail, stopped from the mail itself",
        ["POST /reports/stop/{secret}/undo"] = "one's own mail, stopped from the mail itself",
        ["POST /s/{secret}"] = Contact,
        ["POST /unsubscribe/{secret}"] = Contact,
        ["POST /unsubscribe/{secret}/undo"] = Contact,
        ["PATCH /api/v1/work-orders/{id}"] = OwnHistory,
        ["POST /api/v1/work-orders/{id}:accept"] = OwnHistory,
        ["POST /api/v1/work-orders/{id}:close"] = OwnHistory,
        ["POST /api/v1/work-orders/{id}:note"] = OwnHistory,
        ["POST /api/v1/work-orders/{id}:reopen"] = OwnHistory,
        ["POST /api/v1/work-orders/{id}:resolve"] = OwnHistory,
        ["POST /api/v1/work-orders/{id}:transfer"] = OwnHistory,
        ["POST /work-orders/{id}/accept"] = OwnHistory,
        ["POST /work-orders/{id}/close"] = OwnHistory,
        ["POST /work-orders/{id}/note"] = OwnHistory,
        ["POST /work-orders/{id}/reopen"] = OwnHistory,
        ["POST /work-orders/{id}/resolve"] = OwnHistory,
        ["POST /work-orders/{id}/transfer"] = OwnHistory,
    };

    [Test]
    public async Task Every_change_and_every_export_leaves_a_trace_or_has_a_reason_not_to()
    {
        await using var host = await CemHost.Run();
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(Program).Assembly.Location);
        var requests = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<SentRequest>() is not null)
            .ToLookup(endpoint => $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} /{endpoint.RoutePattern.RawText!.TrimStart('/')}", endpoint => endpoint.Metadata.GetMetadata<SentRequest>()!.Type);
        var changing = ServerRoute.All(host).Where(route => !route.IsSafe || IsExport(route)).Select(route => route.ToString()).ToList();
        var silent = changing.Where(route => !requests[route].Any(request => Records(assembly, request))).ToList();

        Breaches.None(changing, silent.Except(Exceptions.Keys), "Changes that leave no trace in the audit trail:");
        Breaches.None(changing, Exceptions.Keys.Except(silent).Select(route => $"{route} ({(changing.Contains(route) ? "it leaves one" : "there is no such route")})"), "Exceptions that are none:");
    }

    [Test]
    public async Task Every_action_has_a_name_in_both_languages()
    {
        await using var host = await CemHost.Run();
        var texts = host.Services.GetRequiredService<Texts>();
        var actions = Tree.Files(Tree.Features, "*.cs").SelectMany(file => Telling().Matches(File.ReadAllText(file)).SelectMany(telling => Action().Matches(telling.Value)))
            .Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.That(actions, Does.Contain("survey.published").And.Contain("contact.erased").And.Contain("server.restored").And.Contain("user.deactivated"), "not all were found");
        Breaches.None(actions, actions.Where(action => Languages.All.Any(language => texts.For(language, "Access/ListAudit").Find("action." + action) is null)), "Actions without a name in words:");
    }

    static bool IsExport(ServerRoute route) => route.Path.EndsWith(".csv", StringComparison.Ordinal) || route.Path.EndsWith("/rejected", StringComparison.Ordinal);

    static bool Records(AssemblyDefinition assembly, Type request)
    {
        var handlers = typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetInterfaces()
                .Where(role => role.IsGenericType && role.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)).Select(role => (Request: role.GetGenericArguments()[0].FullName!, Handler: type)))
            .ToDictionary(pair => pair.Request, pair => pair.Handler);
        // A request without a handler only carries the access of its route.
        if (!handlers.TryGetValue(request.FullName!, out var handler))
            return false;
        var waiting = new Queue<MethodDefinition>(All(assembly.MainModule.GetType(handler.FullName)));
        var seen = new HashSet<string>();
        while (waiting.TryDequeue(out var method))
        {
            if (!seen.Add(method.FullName) || !method.HasBody)
                continue;
            foreach (var called in method.Body.Instructions.Where(instruction => instruction.OpCode.Code is Code.Newobj or Code.Call or Code.Callvirt or Code.Ldftn).Select(instruction => (MethodReference)instruction.Operand))
            {
                if (called.DeclaringType.FullName == typeof(Audited).FullName && called.Name == ".ctor")
                    return true;
                // A handler that makes another request sends it.
                if (handlers.TryGetValue(called.DeclaringType.FullName, out var asked))
                    foreach (var next in All(assembly.MainModule.GetType(asked.FullName)))
                        waiting.Enqueue(next);
                if (called.DeclaringType.Scope == assembly.MainModule && called.Resolve() is { } inside)
                    foreach (var next in inside.DeclaringType.Name.Contains('<', StringComparison.Ordinal) ? All(inside.DeclaringType) : [inside])
                        waiting.Enqueue(next);
            }
        }
        return false;
    }

    static IEnumerable<MethodDefinition> All(TypeDefinition type) => type.Methods.Concat(type.NestedTypes.SelectMany(All));

    [GeneratedRegex(@"new Audited\([^;]*;")]
    private static partial Regex Telling();

    [GeneratedRegex("\"([a-z]+(?:-[a-z]+)*\\.[a-z]+(?:-[a-z]+)*)\"")]
    private static partial Regex Action();
}
