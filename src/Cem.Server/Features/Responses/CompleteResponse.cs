using Cem.Contracts.Responses;
using Cem.Kernel.Data;
using Cem.Kernel.Time;
using Cem.Server.Questionnaires;

namespace Cem.Server.Features.Responses;

/// <summary>
/// A finished answer on its way into the tables: the response, its scores and texts and what they tell are one
/// transaction, whichever door it came in by.
/// </summary>
sealed record CompleteResponse(long Id, long SurveyId, string SurveyCode, int SurveyVersion, Answers Answers, Respondent Respondent)
{
    /// <summary>The caller's id; null for the survey page.</summary>
    public string? SubmissionId { get; init; }

    public string? ContentHash { get; init; }

    public long? InvitationId { get; init; }

    public string? Touchpoint { get; init; }

    public required string Channel { get; init; }

    public string? Product { get; init; }

    public string? Language { get; init; }

    public string? RecordedBy { get; init; }

    public bool Interested { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset CompletedAt { get; init; }

    /// <summary>Stores it; returns its scores.</summary>
    public IReadOnlyList<QuestionScore> Store(Tx tx, CompanyTime time)
    {
        var day = time.DayOf(CompletedAt);
        var product = Product ?? Respondent.Product;
        tx.Prepare(Sql.Response).Run(
            Id, SubmissionId, ContentHash, InvitationId, SurveyId, SurveyCode, SurveyVersion, Respondent.Account, Respondent.Contact, Touchpoint, Channel,
            Respondent.OrgUnit, Respondent.Region, Respondent.Tier, product, Respondent.Role, Language, RecordedBy, Interested ? 1 : 0,
            Answers.Questionnaire.Write(Answers), StartedAt, tx.Now, CompletedAt, day);
        var scores = Answers.Questionnaire.Scores(Answers);
        foreach (var score in scores)
            tx.Prepare(Sql.Score).Run(tx.NewId(), score.Question, score.Measure, score.Value, Id);
        foreach (var text in Answers.Questionnaire.Texts(Answers))
            tx.Prepare(Sql.Text).Run(tx.NewId(), Id, text.Question, text.Text, Answers.Questionnaire.Find(text.Question)!.IsFree ? 1 : 0);
        tx.Tell(new ResponseCompleted(Id, InvitationId));
        return scores;
    }

    static class Sql
    {
        public const string Response = """
            INSERT INTO responses_responses (id, submission_id, content_hash, invitation_id, survey_id, survey_code, survey_version, state, account_id,
              contact_id, touchpoint, channel, org_unit_id, region, tier, product, role, language, recorded_by, interested, answers, started_at,
              saved_at, completed_at, completed_day)
            VALUES (@Id, @SubmissionId, @ContentHash, @InvitationId, @SurveyId, @SurveyCode, @SurveyVersion, 'complete', @Account,
              @Contact, @Touchpoint, @Channel, @OrgUnit, @Region, @Tier, @Product, @Role, @Language, @RecordedBy, @Interested, @Answers, @StartedAt,
              @Now, @CompletedAt, @Day)
            """;

        // The dimensions are copied from the response: less to hand over, and equal by construction.
        public const string Score = """
            INSERT INTO responses_scores (id, response_id, question, measure, score, day, account_id, contact_id, org_unit_id, survey, touchpoint,
              channel, region, tier, product, role, interested)
            SELECT @Id, id, @Question, @Measure, @Score, completed_day, account_id, contact_id, org_unit_id, survey_code, touchpoint,
              channel, region, tier, product, role, interested
            FROM responses_responses WHERE id = @ResponseId
            """;

        public const string Text = "INSERT INTO responses_texts (id, response_id, question, text, comment) VALUES (@Id, @ResponseId, @Question, @Text, @Comment)";
    }
}
