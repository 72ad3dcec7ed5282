using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Cem.Kernel.Text;
using Cem.Kernel.Web;
using MediatR;

namespace Cem.Server.Features.Journeys.EditJourney;

/// <summary>
/// Changes one part of a journey by its form: a stage, a scene, a touchpoint in a scene, a row of the blueprint, or the words on
/// top. Two people may work on different parts at once; where both changed the same part, the second is told what it says now
/// and loses nothing of what they typed.
/// </summary>
/// <param name="Act"><c>save</c> or <c>remove</c>.</param>
/// <param name="IfMatch">The tag of the revision that the form showed.</param>
[Access(Staff = Roles.All)]
sealed record Request(string Code, Part Part, string Act, IReadOnlyDictionary<string, string> Fields, string IfMatch) : IRequest<Response>;

/// <param name="Anchor">Where the part stands on the map.</param>
sealed record Response(string Anchor);

/// <summary>The part as it is, for its form.</summary>
[Access(Staff = Roles.All)]
sealed record FormRequest(string Code, Part Part) : IRequest<FormResponse>;

sealed record FormResponse(
    string Code, Wording Journey, bool IsVariant, long Revision, IReadOnlyList<(string Name, object? Value)> Fields, IReadOnlyList<NameRow> Touchpoints, IReadOnlyList<NameRow> Indicators, IReadOnlyList<string> Inside);

/// <summary>Moves a part, by button or by dragging: see <see cref="Moves"/>.</summary>
[Access(Staff = Roles.All)]
sealed record MoveRequest(string Code, string Move) : IRequest<Response>;

sealed record NameRow(string Code, string NameEn, string NameZh)
{
    public Option In(string language) => new(Code, language == Languages.Chinese ? NameZh : NameEn);
}

sealed class Module : Routes
{
    public Module()
    {
        Get("/journeys/{code}/edit", async (string code, string? part, string? id, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "in")] string? inside, [AsParameters] MapFilter map, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) =>
            {
                var which = Part.Of(part ?? "journey", id, inside);
                var found = await mediator.Send(new FormRequest(code, which), ct);
                return Page.Of(View.Of(found, which, Form.Of([.. found.Fields, ("ifMatch", ETags.Of(found.Revision))]), false, map, caller, texts));
            })
            .Sends<FormRequest>();

        Post("/journeys/{code}/edit", async (string code, IFormCollection form, [AsParameters] MapFilter map, IMediator mediator, Caller caller, Texts texts, CancellationToken ct) =>
            {
                var part = Part.Of(form["part"], form["id"], form["in"]);
                var stale = false;
                return await Page.Submit(form, caller,
                    act: async () =>
                    {
                        try
                        {
                            var act = form["act"] == "remove" ? "remove" : "save";
                            var done = await mediator.Send(new Request(code, part, act, form.ToDictionary(pair => pair.Key, pair => pair.Value.ToString().Trim()), form["ifMatch"].ToString()), ct);
                            return map.Here($"/journeys/{Uri.EscapeDataString(code)}?mode=edit&done={(act == "remove" ? "removed" : "saved")}") + (done.Anchor.Length > 0 ? "#" + done.Anchor : "");
                        }
                        catch (Problem problem) when (problem.Status == 412)
                        {
                            stale = true;
                            throw;
                        }
                    },
                    again: async refused => View.Of(await mediator.Send(new FormRequest(code, part), ct), part, refused, stale, map, caller, texts));
            })
            .Sends<Request>();

        Post("/journeys/{code}/move", async (string code, IFormCollection form, [AsParameters] MapFilter map, IMediator mediator, CancellationToken ct) =>
            {
                var done = await mediator.Send(new MoveRequest(code, form["move"].ToString()), ct);
                return TypedResults.LocalRedirect($"{map.Here($"/journeys/{Uri.EscapeDataString(code)}?mode=edit&done=moved")}#{done.Anchor}");
            })
            .Sends<MoveRequest>();
    }
}

sealed class FormHandler(Db db, Caller caller, TimeProvider clock) : IRequestHandler<FormRequest, FormResponse>
{
    public Task<FormResponse> Handle(FormRequest request, CancellationToken cancellationToken) => Task.FromResult(db.Read(reader =>
    {
        var stored = JourneyStore.Get(reader, request.Code);
        if (!JourneyEditors.May(reader, caller, stored, clock.GetUtcNow()))
            throw Problem.Forbidden();
        var (journey, part) = (stored.Read(), request.Part);
        var touchpoints = reader.Query<NameRow>(Sql.Touchpoints);
        var fields = Parts.Fields(journey, part).ToList();
        if (part is { Kind: "touchpoint", IsNew: false } && touchpoints.FirstOrDefault(row => row.Code == part.Id) is { } name)
            fields.AddRange([("name.en", name.NameEn), ("name.zh-CN", name.NameZh), ("was", $"{name.NameEn}\n{name.NameZh}")]);
        return new FormResponse(
            stored.Code, journey.Name, journey.VariantOf is not null, stored.Revision, fields, touchpoints, part.Kind == "row" ? reader.Query<NameRow>(Sql.Indicators) : [],
            part.Kind == "touchpoint" ? Parts.Scene(journey, part.In)?.Touchpoints ?? [] : []);
    }));
}

sealed class Handler(Db db, Caller caller) : IRequestHandler<Request, Response>
{
    public Task<Response> Handle(Request request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var stored = JourneyStore.Get(tx, request.Code);
        JourneyEditors.Check(tx, caller, stored);
        var (journey, part) = (stored.Read(), request.Part);
        CheckFresh(tx, stored, journey, request);
        if (request.Act == "remove")
        {
            JourneyStore.Save(tx, caller, request.Code, Parts.Without(journey, part), null);
            return new Response(part.Kind == "touchpoint" ? "scene-" + part.In : "");
        }
        string Field(string name) => name == "touchpoint" ? Touchpoint(tx, request) : request.Fields.GetValueOrDefault(name, "");
        if (part is { Kind: "touchpoint", IsNew: false })
            Rename(tx, request);
        var (changed, place, code) = Parts.Put(journey, part, Field);
        try
        {
            JourneyStore.Save(tx, caller, request.Code, changed, null);
        }
        catch (Problem problem) when (problem.Errors.Count > 0)
        {
            throw Problem.Rules([.. problem.Errors.Select(error => AtField(error, place))]);
        }
        return new Response(part.Kind switch { "journey" => "", "touchpoint" => "scene-" + code, var kind => $"{kind}-{code}" });
    }, cancellationToken);

    /// <exception cref="Problem">412: somebody else changed this very part since the form was opened.</exception>
    static void CheckFresh(Tx tx, StoredJourney stored, Journey journey, Request request)
    {
        var now = Parts.Text(journey, request.Part);
        if (!long.TryParse(request.IfMatch.Trim('"'), out var shown) || ETags.Match(request.IfMatch, stored.Revision))
        {
            if (now is null)
                throw Part.Gone();
            return;
        }
        if (now is not null && Parts.Text(JourneyStore.At(tx, stored, shown), request.Part) == now)
            return;
        var who = tx.Query<string>(Sql.Since, new { stored.Id, Shown = shown });
        throw now is null
            ? Problem.Other(412, "stale", ($"{string.Join(", ", who)} removed this in the meantime. What you typed stands below; the history can put it back.", $"该内容已被 {string.Join("、", who)} 删除。您填写的内容保留在下方，可从历史恢复。"))
            : Problem.Other(412, "stale", ($"{string.Join(", ", who)} changed this in the meantime. What you typed stands below, with what it says now; save again to put yours in its place.", $"{string.Join("、", who)} 已修改该内容。您填写的内容保留在下方，并列出当前内容；再次保存将以您的为准。"));
    }

    /// <summary>The touchpoint chosen, or a new one of the names given.</summary>
    string Touchpoint(Tx tx, Request request)
    {
        var (en, zh) = Names(request);
        if (request.Fields.GetValueOrDefault("touchpoint", "") is { Length: > 0 } chosen)
            return chosen;
        if (en.Length == 0)
            throw Problem.Rule("/touchpoint", "not-empty", ("Choose a touchpoint, or name a new one.", "请选择触点，或填写新触点名称。"));
        var code = JourneyRules.Fresh(Parts.Slug(en, "touchpoint"), tx.Query<NameRow>(Sql.Touchpoints).Select(row => row.Code).ToHashSet(StringComparer.Ordinal));
        Put(tx, code, en, zh, "touchpoint.created");
        return code;
    }

    void Rename(Tx tx, Request request)
    {
        var (en, zh) = Names(request);
        if (en.Length == 0)
            throw Problem.Rule("/name/en", "not-empty", ("A touchpoint has a name.", "触点需要名称。"));
        var name = tx.Query<NameRow>(Sql.Touchpoints).FirstOrDefault(row => row.Code == request.Part.Id) ?? throw Part.Gone();
        if (request.Fields.GetValueOrDefault("was", "").ReplaceLineEndings("\n") is { Length: > 0 } was && was != $"{name.NameEn}\n{name.NameZh}" && (en, zh) != (name.NameEn, name.NameZh))
            throw Problem.Other(412, "stale", ($"It is called '{name.NameEn}' in the meantime. Save again to give it your name.", $"该触点已改名为“{name.NameZh}”。再次保存将使用您填写的名称。"));
        if ((en, zh) != (name.NameEn, name.NameZh))
            Put(tx, request.Part.Id, en, zh, "touchpoint.changed");
    }

    void Put(Tx tx, string code, string en, string zh, string action)
    {
        if (en.Length > 100 || zh.Length > 100)
            throw Problem.Rule(en.Length > 100 ? "/name/en" : "/name/zh-CN", "maximum-length", ("At most 100 characters.", "最多 100 个字符。"));
        tx.Execute(Sql.Put, new { Code = code, En = en, Zh = zh, tx.Now });
        tx.Tell(action == "touchpoint.created"
            ? new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "touchpoint.created", code, Json.Write(new { en, zh }))
            : new Audited(tx.Now, caller.Id, caller.Kind.ToString(), "touchpoint.changed", code, Json.Write(new { en, zh })));
    }

    /// <summary>A name left empty in one language takes that of the other.</summary>
    static (string En, string Zh) Names(Request request)
    {
        var (en, zh) = (request.Fields.GetValueOrDefault("name.en", ""), request.Fields.GetValueOrDefault("name.zh-CN", ""));
        return (en.Length > 0 ? en : zh, zh.Length > 0 ? zh : en);
    }

    /// <summary>A fault of the journey as one of the form's field, or of the form where it lies elsewhere.</summary>
    static FieldError AtField(FieldError error, string place) => error.Pointer.StartsWith(place + "/", StringComparison.Ordinal)
        ? error with { Pointer = error.Pointer[place.Length..] }
        : error with { Pointer = "" };
}

sealed class MoveHandler(Db db, Caller caller) : IRequestHandler<MoveRequest, Response>
{
    public Task<Response> Handle(MoveRequest request, CancellationToken cancellationToken) => db.Write(tx =>
    {
        var stored = JourneyStore.Get(tx, request.Code);
        JourneyEditors.Check(tx, caller, stored);
        var (journey, anchor) = Moves.Make(stored.Read(), request.Move);
        JourneyStore.Save(tx, caller, request.Code, journey, null);
        return new Response(anchor);
    }, cancellationToken);
}

file static class Sql
{
    public const string Touchpoints = "SELECT code, name_en, name_zh FROM journeys_touchpoints ORDER BY sort, code";

    public const string Indicators = """
        SELECT code, name_en, name_zh FROM indicators_v_indicators
        WHERE version = (SELECT MAX(version) FROM indicators_v_versions) AND retired = 0 ORDER BY kind, position
        """;

    public const string Since = "SELECT DISTINCT made_by FROM journeys_revisions WHERE journey_id = @Id AND revision > @Shown ORDER BY made_by";

    public const string Put = """
        INSERT INTO journeys_touchpoints (code, name_en, name_zh, sort, updated_at)
        VALUES (@Code, @En, @Zh, (SELECT COALESCE(MAX(sort), 0) + 1 FROM journeys_touchpoints), @Now)
        ON CONFLICT (code) DO UPDATE SET name_en = excluded.name_en, name_zh = excluded.name_zh, updated_at = excluded.updated_at
        """;
}
