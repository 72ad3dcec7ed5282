using System.Text.Json.Serialization;
using Cem.Contracts.AccountHealth;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cem.Server.Features.AccountHealth.ReadAccountHealth;

/// <summary>
/// How one account stands: usage seen from inside and experience seen from outside, each with its parts; what repeats there, who
/// is silent, what is to be done before the renewal; and why it is judged so, in words.
/// </summary>
[Access(Keys = [Scopes.InsightsRead, Scopes.CustomersWrite])]
sealed record Request(string ExternalId) : IRequest<Response>;

/// <param name="Score">0-100: experience 60 %, usage 40 %, less 10 for each problem that repeats (20 at most) and 10 when no decision-maker is heard.</param>
/// <param name="Band">good from 65, watch from 45, else poor; null without a score.</param>
/// <param name="Trend">Of the experience in 90 days: up, down or steady; null where it cannot be told.</param>
/// <param name="Field">Of the map of usage and experience.</param>
/// <param name="RenewalRisk">high, medium or low.</param>
sealed record Response(
    string Account, string Field, DateOnly Since, double? Score, string? Band, string? Trend, double? Change, string RenewalRisk, DateOnly? RenewalDate, int? DaysLeft,
    Usage Usage, Experience Experience, IReadOnlyList<Problem> RepeatedProblems, Nps Nps, Coverage Coverage, WorkOrders WorkOrders,
    IReadOnlyList<Check> Checks, IReadOnlyList<Reason> Reasons, DateTimeOffset AsOf);

/// <param name="Line">From here on usage counts as high.</param>
sealed record Usage(double? Index, double Line, IReadOnlyList<UsagePart> Parts);

/// <param name="Value">The figure itself: share of licensed users, actions a user, features, relative change.</param>
sealed record UsagePart(string Part, double Weight, double? Value, double? Score);

/// <param name="N">Responses in a year.</param>
sealed record Experience(double? Index, double? Lower, double? Upper, double Line, int N, IReadOnlyList<Part> Roles, IReadOnlyList<Part> Touchpoints);

/// <param name="Weight">Share of the index, 0-1.</param>
sealed record Part(string Code, double Score, double Weight, int N);

/// <param name="Key">Touchpoint or theme.</param>
/// <param name="Passable">Reports that would alarm nobody alone.</param>
sealed record Problem(string Key, string Name, int Times, int Reporters, int Passable, DateOnly First, DateOnly Last);

sealed record Nps(double? Value, int N);

/// <param name="DecisionMakerHeard">Day of the last answer of any of them.</param>
/// <param name="Silent">Whether decision-makers are known and none answered for 180 days.</param>
sealed record Coverage(int Contacts, int ContactsHeard, int DecisionMakers, DateOnly? DecisionMakerHeard, bool Silent);

sealed record WorkOrders(int Open, int Overdue);

sealed record Check(string Code, DateOnly DueOn, string State, Words Name);

sealed record Reason(string Code, Words Text);

sealed record Words(string En, [property: JsonPropertyName("zh-CN")] string Zh);

sealed class Module : Routes
{
    public Module() =>
        Get("/api/v1/accounts/{externalId}/health", async Task<Ok<Response>> (string externalId, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Request(externalId), ct)))
            .Sends<Request>()
            .Summary("Read an account's health")
            .Describe("Measured at this moment. Indexes are 0-100 and null where there is too little to go by; reasons are told in both languages, the gravest first.");
}

sealed class Handler(Db db, Caller caller, HealthKeeper keeper, HealthWords words) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken)
    {
        var found = db.Find<Row>(Sql.Find, new { request.ExternalId, caller.OrgUnit })
            ?? throw Problems.NotFound(request.ExternalId);
        var each = keeper.Measure([found.Id])[0];
        var since = found.Field == each.Field ? found.Since ?? each.Day : each.Day;
        return Task.FromResult(Draw(each, words.Of(each, Languages.English, since, keeper.Now), words.Of(each, Languages.Chinese, since, keeper.Now)));
    }

    Response Draw(Assessment each, AccountHealthFigure english, AccountHealthFigure chinese) => new(
        each.Account.ExternalId, each.Field, english.Since!.Value, each.Score, each.Band, each.Trend, each.Change, each.Risk, each.Account.RenewalDate, each.DaysLeft,
        new Usage(each.Usage.Value, HealthRules.UsageLine, [.. each.Usage.Parts.Select(part => new UsagePart(part.Code, part.Weight, part.Raw, part.Score))]),
        new Experience(each.Experience.Value, each.Experience.Lower, each.Experience.Upper, HealthRules.ExperienceLine, each.Experience.N, [.. each.Experience.Roles.Select(Told)], [.. each.Experience.Touchpoints.Select(Told)]),
        [.. each.Repeated.Select(problem => new Problem(problem.Key, words.Name(problem.Key, caller.Language), problem.Times, problem.Reporters, problem.Passable, problem.First, problem.Last))],
        new Nps(each.Nps, each.NpsAnswers), new Coverage(each.Account.Contacts, each.ContactsHeard, each.Account.Deciders, each.Account.DeciderHeard, each.Silent),
        new WorkOrders(each.Account.OpenOrders, each.Account.OverdueOrders),
        [.. english.Checks.Zip(chinese.Checks, (en, zh) => new Check(en.Code, en.DueOn, en.State, new(en.Name, zh.Name)))],
        [.. english.Reasons.Zip(chinese.Reasons, (en, zh) => new Reason(en.Code, new(en.Text, zh.Text)))], english.AsOf);

    static Part Told(ExperiencePart part) => new(part.Code, part.Score, part.Weight, part.N);
}

file static class Problems
{
    public static Cem.Kernel.Web.Problem NotFound(string account) =>
        Cem.Kernel.Web.Problem.NotFound("account-not-found", ($"There is no account '{account}'.", $"客户“{account}”不存在。"));
}

file sealed record Row(long Id, string? Field, DateOnly? Since);

file static class Sql
{
    public const string Find = """
        SELECT a.id, s.field, s.since FROM customers_v_accounts a LEFT JOIN account_health_states s ON s.account_id = a.id
        WHERE a.external_id = @ExternalId AND a.org_unit_id IN (SELECT unit_id FROM customers_v_org_tree WHERE ancestor_id = @OrgUnit)
        """;
}
