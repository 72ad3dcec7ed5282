using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Cem.Kernel.Data;
using Cem.Kernel.Text;
using Cem.Kernel.Time;
using Cem.Kernel.Web;
using Cem.Server.Questionnaires;

namespace Cem.Server.Features.Responses.SubmitResponse;

/// <summary>
/// Takes one answer inside a write, alone or as part of a batch. All reading is done here, by prepared statements on the
/// writing connection: it is the cheapest, and what was read still holds when the answer is stored.
/// </summary>
/// <param name="scope">The org unit whose tree bounds what the caller knows; 0 is the whole company.</param>
sealed class Submission(Tx tx, SurveyVersions surveys, CompanyTime time, long scope)
{
    /// <param name="hash">Of its content: <see cref="HashOf"/>, which need not keep the writer waiting.</param>
    /// <exception cref="Problem">409: another answer has this id. 422: it names something unknown, or the answers do not fit the survey.</exception>
    public Response Take(Request request, string hash)
    {
        if (tx.Prepare(Sql.Known).Find(row => new Known(row.Number(0), row.TextOrNull(1), row.NumberOrNull(2), row.Number(3)), request.SubmissionId) is { } known)
            return known.ContentHash == hash
                ? Repeat(request, known)
                : throw Problem.Conflict("submission-exists", ($"Another answer was submitted as '{request.SubmissionId}'.", $"编号“{request.SubmissionId}”已用于另一份答卷。"));

        var survey = tx.Prepare(Sql.Survey).Find(row => new Survey(row.Number(0), row.NumberOrNull(1)), request.Survey)
            ?? throw Problem.Rule("/survey", "survey-not-found", ($"There is no survey '{request.Survey}'.", $"问卷“{request.Survey}”不存在。"));
        var (version, questionnaire) = FindVersion(request, survey);
        var respondent = Respondent.Find(tx, request.Account, request.Contact, scope);
        if (request.Touchpoint is { } touchpoint && tx.Prepare(Sql.Touchpoint).Value<long?>(touchpoint) is null)
            throw Problem.Rule("/touchpoint", "touchpoint-not-found", ($"There is no touchpoint '{touchpoint}'.", $"触点“{touchpoint}”不存在。"));
        var (answers, errors) = questionnaire.ReadJson(request.Answers);
        if (errors.Count > 0)
            throw Problem.Rules(errors);
        if (answers.IsEmpty)
            throw Problem.Rule("/answers", "empty", ("There is no answer in it.", "没有任何答案。"));

        var invitation = respondent.Contact is { } contact ? FindInvitation(survey.Id, contact) : null;
        var completedAt = request.CompletedAt < tx.Now ? request.CompletedAt : tx.Now;
        var response = new CompleteResponse(tx.NewId(), survey.Id, request.Survey, version, answers, respondent)
        {
            SubmissionId = request.SubmissionId,
            ContentHash = hash,
            InvitationId = invitation?.Id,
            Touchpoint = request.Touchpoint ?? invitation?.Touchpoint,
            Channel = request.Channel,
            Product = invitation?.Product,
            Language = request.Language is null ? respondent.Language : Normal(request.Language),
            RecordedBy = request.RecordedBy,
            Interested = request.Interested || request.RecordedBy is { } by && string.Equals(by, respondent.Owner, StringComparison.OrdinalIgnoreCase),
            StartedAt = completedAt,
            CompletedAt = completedAt,
        };
        var scores = response.Store(tx, time);
        return new Response(new Id(response.Id), request.SubmissionId, request.Survey, version, invitation is null ? null : new Id(invitation.Id), Shown(scores), Created: true);
    }

    (int Version, Questionnaire Questionnaire) FindVersion(Request request, Survey survey)
    {
        if ((request.Version ?? survey.Published) is not { } version)
            throw Problem.Rule("/survey", "survey-not-published", ($"The survey '{request.Survey}' was never published.", $"问卷“{request.Survey}”尚未发布。"));
        return surveys.Find(tx, survey.Id, (int)version) is { } questionnaire
            ? ((int)version, questionnaire)
            : throw Problem.Rule("/version", "version-not-found", ($"The survey '{request.Survey}' has no version {version}.", $"问卷“{request.Survey}”没有版本 {version}。"));
    }

    /// <summary>The contact's open invitation to the survey, if any; what was saved of it on the survey page gives way to the whole answer.</summary>
    Invitation? FindInvitation(long survey, long contact)
    {
        var invitation = tx.Prepare(Sql.Invitation).Find(row => new Invitation(row.Number(0), row.TextOrNull(1), row.TextOrNull(2)), contact, survey);
        if (invitation is not null)
            tx.Prepare(Sql.DropPartial).Run(invitation.Id);
        return invitation;
    }

    Response Repeat(Request request, Known known)
    {
        var scores = tx.Query<Score>(Sql.Scores, new { known.Id });
        return new Response(new Id(known.Id), request.SubmissionId, request.Survey, (int)known.Version, known.Invitation is { } invitation ? new Id(invitation) : null, scores, Created: false);
    }

    static Score[] Shown(IReadOnlyList<QuestionScore> scores) => [.. scores.Select(score => new Score(score.Question, score.Measure, score.Value))];

    static string Normal(string language) => language[..2].ToUpperInvariant() switch
    {
        "ZH" => Languages.Chinese,
        "EN" => Languages.English,
        _ => language,
    };

    /// <summary>The same for the same content, whatever offset its instant was written with and in whatever order its answers stood.</summary>
    public static string HashOf(Request request)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true, Encoder = Json.Stored.Encoder }))
        {
            json.WriteStartArray();
            json.WriteStringValue(request.Survey);
            json.WriteNumberValue(request.Version ?? 0);
            json.WriteStringValue(request.Account);
            json.WriteStringValue(request.Contact);
            json.WriteStringValue(request.Touchpoint);
            json.WriteStringValue(request.Channel);
            json.WriteNumberValue(request.CompletedAt.UtcTicks);
            json.WriteStringValue(request.Language);
            json.WriteStringValue(request.RecordedBy);
            json.WriteBooleanValue(request.Interested);
            if (request.Answers.ValueKind == JsonValueKind.Object)
                foreach (var answer in request.Answers.EnumerateObject().OrderBy(JsonText.Name, StringComparer.Ordinal))
                {
                    json.WriteStringValue(JsonText.Name(answer));
                    WriteTo(json, answer.Value);
                }
            json.WriteEndArray();
        }
        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    static void WriteTo(Utf8JsonWriter json, JsonElement value)
    {
        try
        {
            value.WriteTo(json);
        }
        catch (InvalidOperationException)
        {
            throw Problem.BrokenText("/answers");
        }
    }

    sealed record Known(long Id, string? ContentHash, long? Invitation, long Version);

    sealed record Survey(long Id, long? Published);

    sealed record Invitation(long Id, string? Touchpoint, string? Product);
}

file static class Sql
{
    public const string Known = "SELECT id, content_hash, invitation_id, survey_version FROM responses_responses WHERE submission_id = @SubmissionId";

    public const string Scores = "SELECT question, measure, score AS value FROM responses_scores WHERE response_id = @Id ORDER BY id";

    public const string Survey = "SELECT id, published_version FROM surveys_v_surveys WHERE code = @Code";

    public const string Touchpoint = "SELECT 1 FROM journeys_v_touchpoints WHERE code = @Code";

    public const string Invitation = """
        SELECT i.id, i.touchpoint, i.product
        FROM invitations_v_invitations i
        WHERE i.contact_id = @Contact AND i.survey_id = @Survey AND i.state IN ('scheduled', 'sent', 'opened', 'partial')
          AND NOT EXISTS (SELECT 1 FROM responses_responses r WHERE r.invitation_id = i.id AND r.state = 'complete')
        ORDER BY i.id LIMIT 1
        """;

    public const string DropPartial = "DELETE FROM responses_responses WHERE invitation_id = @Invitation AND state = 'partial'";
}
