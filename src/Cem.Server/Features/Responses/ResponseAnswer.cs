using System.Text.Json;
using Cem.Kernel.Data;

namespace Cem.Server.Features.Responses;

/// <summary>A response as the API tells it.</summary>
/// <param name="Account">The CRM's ids; null where it is unknown or erased.</param>
/// <param name="OrgUnit">As it was at the moment of the answer, like region, tier, product and role.</param>
/// <param name="Interested">Whether it was recorded by somebody with an interest in it.</param>
/// <param name="Answers">By question: ratings as numbers, choices by code, several choices as a list.</param>
/// <param name="UpdatedAt">The last change: when it arrived, or lost its person.</param>
sealed record ResponseAnswer(
    Id Id, string? SubmissionId, string Survey, int Version, string? Account, string? Contact, string? OrgUnit, string? Touchpoint, string Channel, string? Region,
    string? Tier, string? Product, string? Role, string? Language, DateTimeOffset CompletedAt, string? RecordedBy, bool Interested, Id? Invitation, JsonElement Answers,
    DateTimeOffset UpdatedAt)
{
    public static ResponseAnswer Of(ResponseRow row) => new(
        row.Id, row.SubmissionId, row.SurveyCode, row.SurveyVersion, row.Account, row.Contact, row.OrgUnit, row.Touchpoint, row.Channel, row.Region, row.Tier,
        row.Product, row.Role, row.Language, row.CompletedAt, row.RecordedBy, row.Interested, row.InvitationId, JsonElement.Parse(row.Answers), row.SavedAt);
}
