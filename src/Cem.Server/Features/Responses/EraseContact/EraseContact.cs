using Cem.Contracts.Customers;
using Cem.Contracts.Responses;
using Cem.Kernel.Data;
using Cem.Kernel.Messaging;
using Cem.Server.Questionnaires;

namespace Cem.Server.Features.Responses.EraseContact;

/// <summary>
/// A person asked to be forgotten: what they wrote goes, and nothing names them any more. Their scores stay, without them;
/// whoever keeps scores in memory is told.
/// </summary>
sealed class UnlinkResponses(SurveyVersions surveys) : IFactHandler<ContactErased>
{
    public void Handle(ContactErased fact, Tx tx)
    {
        // Mails to colleagues quote what was written.
        foreach (var words in tx.Query<string>(Sql.Words, new { Contact = fact.ContactId }))
            Outbox.Redact(tx, words);
        foreach (var row in tx.Query<Row>(Sql.Responses, new { Contact = fact.ContactId }))
        {
            var answers = surveys.Get(tx, row.SurveyId, row.SurveyVersion).Kept(row.Answers);
            var free = TakeWords(answers);
            tx.Execute(Sql.Unlink, new { row.Id, tx.Now, Answers = answers.Questionnaire.Write(answers) });
            tx.Execute(Sql.UnlinkScores, new { row.Id });
            tx.Execute(Sql.DropTexts, new { row.Id, Questions = free });
            tx.Tell(new ResponseUnlinked(row.Id));
        }
        tx.Execute(Sql.DropPartials, new { Contact = fact.ContactId });
        tx.Execute(Sql.UnlinkFeedback, new { Contact = fact.ContactId });
    }

    /// <summary>Removes the answers in free words; returns the questions they answered.</summary>
    static string[] TakeWords(Answers answers)
    {
        var questions = answers.Questionnaire.Questions;
        var free = Enumerable.Range(0, questions.Count).Where(index => questions[index].IsFree).ToList();
        foreach (var index in free)
            answers[index] = null;
        return [.. free.Select(index => questions[index].Id)];
    }
}

file sealed record Row(long Id, long SurveyId, int SurveyVersion, string Answers);

file static class Sql
{
    // A contact may have answered for several accounts, one after the other.
    const string OfContact = "r.account_id IN (SELECT id FROM customers_v_accounts) AND r.contact_id = @Contact";

    public const string Words = $"""
        SELECT t.text FROM responses_texts t JOIN responses_responses r ON r.id = t.response_id WHERE {OfContact} AND t.comment = 1
        UNION SELECT text FROM responses_feedback WHERE contact_id = @Contact
        """;

    public const string Responses = $"""
        SELECT r.id, r.survey_id, r.survey_version, r.answers FROM responses_responses r WHERE {OfContact} AND r.state = 'complete'
        """;

    // The hash goes too: whoever has a guess at a comment could test it.
    public const string Unlink = """
        UPDATE responses_responses SET contact_id = NULL, recorded_by = NULL, content_hash = NULL, answers = @Answers, saved_at = @Now WHERE id = @Id
        """;

    public const string UnlinkScores = "UPDATE responses_scores SET contact_id = NULL WHERE response_id = @Id";

    public const string DropTexts = "DELETE FROM responses_texts WHERE response_id = @Id AND question IN (SELECT value FROM json_each(@Questions))";

    public const string DropPartials = $"DELETE FROM responses_responses AS r WHERE {OfContact} AND r.state = 'partial'";

    public const string UnlinkFeedback = """
        UPDATE responses_feedback SET contact_id = NULL, text = '', recorded_by = NULL, content_hash = '' WHERE contact_id = @Contact
        """;
}
