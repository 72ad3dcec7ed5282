namespace Cem.Kernel.Messaging;

/// <summary>One mail to one person: HTML and its plain-text twin.</summary>
/// <param name="Kind">What it is (survey-invitation, weekly-report, ...): for the people who look after the server.</param>
/// <param name="MessageId">
/// The part of the Message-ID before the @: the same for the same mail however often it is sent, so that a reader never sees it twice.
/// </param>
/// <param name="Headers">Further header lines, such as List-Unsubscribe.</param>
public sealed record Mail(
    string Kind, string MessageId, string ToAddress, string ToName, string Subject, string Html, string Text,
    IReadOnlyDictionary<string, string>? Headers = null);
