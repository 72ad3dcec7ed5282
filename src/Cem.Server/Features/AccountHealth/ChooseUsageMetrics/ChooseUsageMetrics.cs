using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.AccountHealth.ChooseUsageMetrics;

/// <summary>
/// Says which numbers of O-data the usage index is made of; a part that is not named is not measured. Every account is measured
/// anew with them.
/// </summary>
[Access(Staff = Roles.Programme, Keys = [Scopes.EventsWrite])]
sealed record Request(IReadOnlyList<UsageMetric> Metrics) : IRequest<Response>;

/// <param name="Accounts">Accounts measured.</param>
/// <param name="Activation">Accounts of which the activation is known: active people of licensed seats.</param>
/// <param name="Frequency">Accounts of which the frequency is known: actions of an active person and period.</param>
/// <param name="Breadth">Accounts of which it is known how many features they use.</param>
sealed record Response(IReadOnlyList<UsageMetric> Metrics, int Accounts, int Activation, int Frequency, int Breadth);

/// <param name="Part">What it stands for.</param>
/// <param name="Metric">Code of a metric of O-data.</param>
/// <param name="Source">Code of the source it comes from; null for any.</param>
sealed record UsageMetric(Part Part, string Metric, string? Source = null);

enum Part
{
    /// <summary>People who may use the product.</summary>
    Seats,

    /// <summary>People who did.</summary>
    Active,

    /// <summary>What they did, such as bookings.</summary>
    Actions,

    /// <summary>Features in use.</summary>
    Features,
}

sealed class Module : Routes
{
    public override IReadOnlyList<NavigationItem> Navigation => [new("OperationalData", 870, "/data/usage-metrics", Roles.Programme)];

    public Module()
    {
        Get("/api/v1/usage-metrics", async Task<Ok<Response>> (IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new ListRequest(), ct)))
            .Sends<ListRequest>()
            .Summary("Read what the usage index is made of");

        Put("/api/v1/usage-metrics", async Task<Ok<Response>> (Request body, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(body, ct)))
            .Sends<Request>()
            .Summary("Say what the usage index is made of")
            .Describe("Activation is active of seats, frequency is actions an active person, breadth is features, the trend is active people against the 13 weeks before. A part that is left out is not measured; an index needs half of its weights.")
            .Example("""
                {"metrics": [{"part": "seats", "metric": "seats"}, {"part": "active", "metric": "active-users"}, {"part": "actions", "metric": "bookings", "source": "usage-weekly"}, {"part": "features", "metric": "features-used"}]}
                """);

        Get("/data/usage-metrics", async (IMediator mediator, CancellationToken ct) => Page.Of(await mediator.Send(new Draw(null), ct)))
            .Sends<Draw>();

        Post("/data/usage-metrics", (IFormCollection form, IMediator mediator, Caller caller, CancellationToken ct) => Page.Submit(form, caller,
                act: async () =>
                {
                    await mediator.Send(MetricForm.Read(form), ct);
                    return "/data/usage-metrics?done=saved";
                },
                again: async refused => await mediator.Send(new Draw(refused), ct)))
            .Sends<Request>();
    }
}

/// <summary>What is chosen now.</summary>
[Access(Staff = Roles.Programme, Keys = [Scopes.InsightsRead, Scopes.EventsWrite])]
sealed record ListRequest : IRequest<Response>;

[Access(Staff = Roles.Programme)]
sealed record Draw(Form? Form) : IRequest<View>;

/// <param name="Options">Every metric that a source declares, of any source and of each.</param>
/// <param name="Known">Of how many accounts each part of the index is known, in words.</param>
sealed record View(Form Form, IReadOnlyList<Option> Options, IReadOnlyList<string> Known);

sealed class Validator : AbstractValidator<Request>
{
    public Validator() => RuleForEach(request => request.Metrics).NotNull().ChildRules(each =>
    {
        each.RuleFor(metric => metric.Metric).NotEmpty().MaximumLength(64);
        each.RuleFor(metric => metric.Source).MaximumLength(64);
    });
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        Check(tx, request);
        tx.Execute(Sql.Forget);
        foreach (var each in request.Metrics)
            tx.Execute(Sql.Keep, new { Part = MetricForm.NameOf(each.Part), each.Source, each.Metric });
        tx.Execute(Sql.Everybody);
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "usage-metrics.changed", "usage-metrics", Json.Write(request)));
        return MetricForm.Current(tx);
    }, cancellationToken);

    static void Check(Tx tx, Request request)
    {
        var errors = new List<FieldError>();
        var known = tx.Query<FieldRow>(Sql.Fields);
        foreach (var (index, each) in request.Metrics.Index())
            if (request.Metrics.Take(index).Any(before => before.Part == each.Part))
                errors.Add(new($"/metrics/{index}/part", "twice", ($"The part '{MetricForm.NameOf(each.Part)}' is named twice.", $"“{MetricForm.NameOf(each.Part)}”重复。")));
            else if (!known.Any(field => field.Metric == each.Metric && (each.Source is null || field.Source == each.Source)))
                errors.Add(new($"/metrics/{index}/metric", "metric-not-found", each.Source is null
                    ? ($"No source declares a metric '{each.Metric}'; there are {Names(known)}.", $"没有数据源声明指标“{each.Metric}”；现有：{Names(known)}。")
                    : ($"The source '{each.Source}' declares no metric '{each.Metric}'; there are {Names(known)}.", $"数据源“{each.Source}”没有声明指标“{each.Metric}”；现有：{Names(known)}。")));
        if (errors.Count > 0)
            throw Problem.Rules(errors);
    }

    static string Names(IReadOnlyList<FieldRow> known) => known.Count == 0 ? "-" : string.Join(", ", known.Select(field => $"{field.Metric} ({field.Source})"));
}

sealed class Lister(Db db) : IRequestHandler<ListRequest, Response>
{
    public Task<Response> Handle(ListRequest request, CancellationToken cancellationToken) => Task.FromResult(db.Read(MetricForm.Current));
}

sealed class Drawer(Db db, Caller caller, Texts texts) : IRequestHandler<Draw, View>
{
    public Task<View> Handle(Draw request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader =>
    {
        var words = texts.For(caller.Language, "AccountHealth/ChooseUsageMetrics");
        var now = MetricForm.Current(reader);
        var fields = reader.Query<FieldRow>(Sql.Fields);
        string Name(FieldRow field) => new Say(field.NameEn ?? field.Metric, field.NameZh ?? field.Metric).In(caller.Language);
        return new View(
            request.Form ?? Form.Of([.. now.Metrics.Select(each => (MetricForm.NameOf(each.Part), (object?)MetricForm.Choice(each.Source, each.Metric)))]),
            [
                new Option("", words["notMeasured"]),
                .. fields.DistinctBy(field => field.Metric).Select(field => new Option(MetricForm.Choice(null, field.Metric), words.Get("anySource", ("metric", Name(field))))),
                .. fields.Select(field => new Option(MetricForm.Choice(field.Source, field.Metric), words.Get("oneSource", ("metric", Name(field)), ("source", field.Source)))),
            ],
            [.. new[] { ("activation", now.Activation), ("frequency", now.Frequency), ("breadth", now.Breadth) }.Select(part => words.Get("known." + part.Item1, ("count", part.Item2), ("all", now.Accounts)))]);
    }));
}

/// <param name="NameEn">Null where the source gives it no name.</param>
sealed record FieldRow(string Source, string Metric, string? NameEn, string? NameZh);

file sealed record MetricRow(string Part, string? Source, string Metric);

file sealed record KnownRow(int Accounts, int Activation, int Frequency, int Breadth);

static class MetricForm
{
    const char Between = '/';

    public static string NameOf(Part part) => part.ToString().ToLowerInvariant();

    /// <summary>A metric as a select names it.</summary>
    public static string Choice(string? source, string metric) => $"{source}{Between}{metric}";

    public static Request Read(IFormCollection form) => new([.. Enum.GetValues<Part>().Select(part => (Part: part, Value: form[NameOf(part)].ToString())).Where(pair => pair.Value.Contains(Between))
        .Select(pair => Of(pair.Part, pair.Value.Split(Between, 2)))]);

    static UsageMetric Of(Part part, string[] halves) => new(part, halves[1], halves[0].Length == 0 ? null : halves[0]);

    public static Response Current(Session session)
    {
        var known = session.Single<KnownRow>(Sql.Known);
        return new([.. session.Query<MetricRow>(Sql.Chosen).Select(row => new UsageMetric(Enum.Parse<Part>(row.Part, ignoreCase: true), row.Metric, row.Source)).OrderBy(each => each.Part)],
            known.Accounts, known.Activation, known.Frequency, known.Breadth);
    }
}

file static class Sql
{
    public const string Chosen = "SELECT part, source, metric FROM account_health_usage_metrics";

    public const string Known = """
        SELECT COUNT(*) AS accounts, COUNT(activation) AS activation, COUNT(frequency) AS frequency, COUNT(breadth) AS breadth FROM account_health_states
        """;

    public const string Fields = """
        SELECT f.source, f.metric, f.name_en, f.name_zh FROM operational_data_v_fields f JOIN operational_data_v_sources s ON s.id = f.source_id
        WHERE f.declared = 1 AND s.retired = 0 ORDER BY f.source, f.metric
        """;

    public const string Forget = "DELETE FROM account_health_usage_metrics";

    public const string Keep = "INSERT INTO account_health_usage_metrics (part, source, metric) VALUES (@Part, @Source, @Metric)";

    public const string Everybody = "UPDATE account_health_states SET due = due + 1";
}
