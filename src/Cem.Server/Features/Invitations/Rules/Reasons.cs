using Cem.Kernel.Text;
using Cem.Kernel.Web;

namespace Cem.Server.Features.Invitations.Rules;

/// <summary>Why somebody was not asked: the codes as stored, and their words for people.</summary>
static class Reasons
{
    public const string TooOld = "too-old";
    public const string SurveyNotPublished = "survey-not-published";
    public const string Erased = "erased";
    public const string DoNotSurvey = "do-not-survey";
    public const string Unsubscribed = "unsubscribed";
    public const string NoConsent = "no-consent";
    public const string NoAddress = "no-address";
    public const string NotSampled = "not-sampled";
    public const string ClockTouchpoint = "clock-touchpoint";
    public const string ClockRelationship = "clock-relationship";
    public const string AccountBudget = "account-budget";

    /// <summary>Every reason with its words, in the order in which they are looked at.</summary>
    public static readonly IReadOnlyDictionary<string, Say> All = new OrderedDictionary<string, Say>
    {
        [TooOld] = ("It happened too long ago to ask about.", "事件发生已久，不再邀请。"),
        [SurveyNotPublished] = ("The survey is not published.", "问卷尚未发布。"),
        [Erased] = ("The contact was erased.", "联系人信息已删除。"),
        [DoNotSurvey] = ("The contact is marked as not to be surveyed.", "联系人已标记为不参与调研。"),
        [Unsubscribed] = ("The contact has unsubscribed.", "联系人已退订。"),
        [NoConsent] = ("The contact has not consented to being asked.", "联系人未同意接受调研。"),
        [NoAddress] = ("The contact has no mail address.", "联系人没有邮箱地址。"),
        [NotSampled] = ("Only a part is asked, and this was not drawn.", "按抽样比例未被抽中。"),
        [ClockTouchpoint] = ("The contact was sent a touchpoint survey recently.", "联系人近期已收到触点问卷。"),
        [ClockRelationship] = ("The contact was sent a relationship survey recently.", "联系人近期已收到关系问卷。"),
        [AccountBudget] = ("Enough contacts of this account were asked recently.", "该客户近期受邀的联系人已达上限。"),
    };

    /// <summary>The words for a code, in both languages.</summary>
    public static Wording Of(string code) => All.TryGetValue(code, out var say) ? new Wording(say.En, say.Zh) : new Wording(code, code);
}
