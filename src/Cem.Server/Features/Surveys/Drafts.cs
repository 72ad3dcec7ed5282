using System.Text.Json;
using Cem.Contracts.Access;
using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;

namespace Cem.Server.Features.Surveys;

/// <summary>Keeps drafts: the one place that every way of editing ends in, so that all of them keep the same rules.</summary>
static class Drafts
{
    /// <summary>The draft of a survey.</summary>
    /// <exception cref="Problem">404.</exception>
    public static Draft Get(Session session, string code) => session.Find<Draft>(Sql.Find, new { Code = code }) ?? throw NotFound(code);

    public static Problem NotFound(string code) => Problem.NotFound("survey-not-found", ($"There is no survey '{code}'.", $"问卷“{code}”不存在。"));

    /// <summary>Saves a draft and notes who did; one that says the same leaves everything as it is.</summary>
    /// <param name="ifMatch">The tag of the draft the change was made on; null for any.</param>
    /// <exception cref="Problem">412: somebody else changed it in the meantime.</exception>
    public static (Draft Draft, bool Created) Save(Tx tx, Caller caller, string code, SurveyDefinition definition, string? ifMatch)
    {
        var text = definition.Write();
        var existing = tx.Find<Draft>(Sql.Find, new { Code = code });
        if (!ETags.Match(ifMatch, existing?.Revision ?? 0))
            throw Problem.Stale();
        if (existing?.Definition == text)
            return (existing, false);
        var draft = new Draft(existing?.Id ?? tx.NewId(), text, (existing?.Revision ?? 0) + 1, existing?.PublishedVersion);
        tx.Execute(Sql.Put, new
        {
            draft.Id, Code = code, Kind = JsonNamingPolicy.CamelCase.ConvertName(definition.Kind.ToString()),
            TitleEn = definition.Title.En, TitleZh = definition.Title.Zh, Draft = text, draft.Revision, tx.Now,
        });
        tx.Tell(new Audited(tx.Now, caller.Id, caller.Kind.ToString(), existing is null ? "survey.created" : "survey.edited", code, Json.Write(new { draft.Revision })));
        return (draft, existing is null);
    }

    static class Sql
    {
        public const string Find = "SELECT id, draft AS definition, revision, published_version FROM surveys_surveys WHERE code = @Code";

        public const string Put = """
            INSERT INTO surveys_surveys (id, code, kind, title_en, title_zh, draft, revision, updated_at)
            VALUES (@Id, @Code, @Kind, @TitleEn, @TitleZh, @Draft, @Revision, @Now)
            ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, title_en = excluded.title_en, title_zh = excluded.title_zh,
              draft = excluded.draft, revision = excluded.revision, updated_at = excluded.updated_at
            """;
    }
}

/// <summary>A survey as it is being written.</summary>
/// <param name="Definition">In its canonical form.</param>
/// <param name="Revision">Grows with each change.</param>
/// <param name="PublishedVersion">The newest frozen version; null for none.</param>
sealed record Draft(long Id, string Definition, long Revision, int? PublishedVersion);
