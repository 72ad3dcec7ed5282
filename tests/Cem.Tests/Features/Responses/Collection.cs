using System.Net.Http.Json;
using System.Text.Json;
using Cem.Kernel.Security;
using Cem.Tests.Features.Invitations;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Responses;

/// <summary>A small company that collects answers: two accounts with contacts, a published survey, and what tests send.</summary>
sealed class Collection(Programme programme)
{
    /// <summary>A rating with follow-ups by band, a satisfaction, a choice, and a second page with a condition.</summary>
    public const string Support = """
        {
          "title": {"en": "Our help", "zh-CN": "客服体验"}, "kind": "touchpoint", "minutes": 2,
          "intro": {"en": "How did it go?", "zh-CN": "体验如何？"}, "thanks": {"en": "Thank you kindly.", "zh-CN": "感谢反馈。"},
          "pages": [
            {"questions": [
              {"id": "help", "type": "csat", "scale": 5, "text": {"en": "How satisfied are you?", "zh-CN": "您满意吗？"}, "required": true, "notApplicable": true},
              {"id": "wrong", "type": "multipleChoice", "text": {"en": "What went wrong?", "zh-CN": "哪里有问题？"}, "showWhen": {"question": "help", "atMost": 2}, "options": [
                {"code": "slow", "text": {"en": "Slow", "zh-CN": "慢"}}, {"code": "rude", "text": {"en": "Rude", "zh-CN": "态度差"}}]}
            ]},
            {"questions": [
              {"id": "nps", "type": "nps", "text": {"en": "Would you recommend us?", "zh-CN": "您会推荐我们吗？"}, "followUps": true, "required": true}
            ]},
            {"questions": [{"id": "more", "type": "longText", "text": {"en": "Anything else?", "zh-CN": "还有什么想说的？"}}]}
          ]
        }
        """;

    public Programme Programme => programme;

    public CemHost Host => programme.Host;

    public HttpClient Api => programme.Api;

    public static async Task<Collection> Start(CemHost host)
    {
        var programme = await Invitations.Programme.Start(host);
        var collection = new Collection(programme);
        await programme.Account("a1");
        await programme.Contact("c1", "a1", role: "decisionMaker");
        await programme.Account("a2", "west");
        await programme.Contact("c2", "a2");
        await collection.Survey("support", Support);
        return collection;
    }

    /// <summary>Publishes a version of a survey.</summary>
    public Task Survey(string code, string definition) => Host.Store.Write(tx =>
    {
        tx.Execute("""
            INSERT INTO surveys_surveys (id, code, kind, title_en, title_zh, draft, revision, published_version, updated_at)
            VALUES (@Id, @code, 'touchpoint', @code, @code, '{}', 1, 0, 0)
            ON CONFLICT DO NOTHING
            """, new { Id = tx.Find<long?>("SELECT id FROM surveys_surveys WHERE code = @code", new { code }) ?? tx.NewId(), code });
        tx.Execute("UPDATE surveys_surveys SET published_version = published_version + 1 WHERE code = @code", new { code });
        tx.Execute("""
            INSERT INTO surveys_versions (survey_id, version, definition, published_at, published_by)
            SELECT id, published_version, @definition, 0, '' FROM surveys_surveys WHERE code = @code
            """, new { code, definition });
    });

    /// <summary>Asks a contact; returns the secret of the personal link.</summary>
    public Task<string> Invite(string contact = "c1", string survey = "support", string? touchpoint = "support", string language = "en") => Host.Store.Write(tx =>
    {
        var secret = Secret.New();
        var id = tx.NewId();
        tx.Execute("""
            INSERT INTO invitations_invitations (id, survey_id, survey_code, survey_version, kind, account_id, contact_id, touchpoint, role, channel, language,
              org_unit_id, state, decided_at, sent_at, expires_at)
            SELECT @id, s.id, s.code, s.published_version, 'touchpoint', a.id, c.id, @touchpoint, c.role, 'email', @language, a.org_unit_id, 'sent', @Now, @Now, @Expires
            FROM surveys_surveys s, customers_contacts c JOIN customers_accounts a ON a.id = c.account_id
            WHERE s.code = @survey AND c.external_id = @contact
            """, new { id, survey, contact, touchpoint, language, tx.Now, Expires = tx.Now.AddDays(30) });
        tx.Execute("INSERT INTO invitations_links (secret_hash, invitation_id, made_at) VALUES (@Hash, @id, @Now)", new { Hash = Secret.Hash(secret), id, tx.Now });
        return secret;
    });

    /// <summary>A good submission; members of <paramref name="changes"/> take the place of its own.</summary>
    public static Dictionary<string, object?> Submission(string id, object? answers = null, params (string Name, object? Value)[] changes)
    {
        var body = new Dictionary<string, object?>
        {
            ["submissionId"] = id, ["survey"] = "support", ["account"] = "a1", ["contact"] = "c1", ["touchpoint"] = "support", ["channel"] = "app",
            ["completedAt"] = "2026-03-11T09:30:00+08:00", ["answers"] = answers ?? new { help = 5, nps = 9 },
        };
        foreach (var (name, value) in changes)
            body[name] = value;
        return body;
    }

    public Task<HttpResponseMessage> Submit(object body) => Api.PostAsJsonAsync("/api/v1/responses", body);

    public async Task<JsonElement> Submitted(string id, object? answers = null, params (string Name, object? Value)[] changes) =>
        await (await Submit(Submission(id, answers, changes))).Json();

    /// <summary>Reads a table of the area as text, one row a line.</summary>
    public IReadOnlyList<string> Rows(string sql) => Host.Store.Read(reader =>
#pragma warning disable CA1857 // tests look where they like
        reader.Query<string>(sql));
#pragma warning restore CA1857
}
