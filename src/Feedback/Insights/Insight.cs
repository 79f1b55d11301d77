namespace Mentoring.Feedback.Insights;

public enum InsightAnswer
{
    Done,
    Planned,
    Declined,
}

/// <summary>What an answer changed.</summary>
public enum InsightEffect
{
    None,
    Decision,
    Policy,
    Process,
    MarketAction,
}

/// <summary>
/// Something learnt that somebody with authority should act on: raised, owned with a due date, answered in public.
/// <para>
/// An anonymous one holds nothing about its raiser: a random id, no person, no time of raising, and it stays hidden from everybody until
/// a batch by at least k different people is shown on the same day.
/// </para>
/// </summary>
public sealed class Insight
{
    public const int LongestTitle = 200;
    public const int LongestText = 5_000;

    private Insight()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>Rises with every change others may see.</summary>
    public long Version { get; private set; }
    public Guid ProgrammeId { get; private init; }
    public string Title { get; private init; } = "";
    public string Text { get; private init; } = "";
    public bool Anonymous { get; private init; }

    /// <summary>Null for an anonymous insight and once the person is erased.</summary>
    public Guid? RaiserId { get; private init; }

    /// <summary>Of the secret code its anonymous raiser follows it with.</summary>
    public byte[]? CodeHash { get; private init; }

    /// <summary>The day it was first shown, UTC; null while it waits for its batch.</summary>
    public DateOnly? RaisedOn { get; private set; }

    public Guid? OwnerId { get; private set; }
    public DateOnly? DueOn { get; private set; }

    /// <summary>Was still unanswered when its due date had passed; stays true.</summary>
    public bool Overdue { get; private set; }

    public InsightAnswer? Answer { get; private set; }
    public string? AnswerText { get; private set; }
    public InsightEffect? Effect { get; private set; }
    public string? Evidence { get; private set; }

    /// <summary>The day of the first answer, UTC.</summary>
    public DateOnly? AnsweredOn { get; private set; }

    public bool IsShown => RaisedOn is not null;

    /// <summary>Answered on or before the day it was due.</summary>
    public bool InTime => AnsweredOn is not null && !Overdue;

    public static Insight Raise(Guid id, Guid programmeId, string title, string text, Guid raiserId, DateOnly today) => new()
    {
        Id = id,
        Version = 1,
        ProgrammeId = programmeId,
        Title = title,
        Text = text,
        RaiserId = raiserId,
        RaisedOn = today,
    };

    public static Insight RaiseAnonymously(Guid id, Guid programmeId, string title, string text, byte[] codeHash) => new()
    {
        Id = id,
        ProgrammeId = programmeId,
        Title = title,
        Text = text,
        Anonymous = true,
        CodeHash = codeHash,
    };

    /// <summary>Shows an anonymous insight with the others of its batch.</summary>
    public void Show(DateOnly today)
    {
        RaisedOn = today;
        Version++;
    }

    /// <summary>Gives it an owner with a due date, or another owner until it is answered.</summary>
    /// <param name="owner">Whoever is to answer.</param>
    /// <param name="dueOn">The last day to answer in time, UTC.</param>
    /// <param name="mayOwn">By <see cref="Ownership"/>.</param>
    /// <param name="today">UTC.</param>
    public AssignRefusal? Assign(Guid owner, DateOnly dueOn, OwnerRefusal? mayOwn, DateOnly today)
    {
        if (Answer is not null)
            return AssignRefusal.AlreadyAnswered;
        if (mayOwn is { } refusal)
            return refusal switch
            {
                OwnerRefusal.WithoutAuthority => AssignRefusal.OwnerWithoutAuthority,
                OwnerRefusal.OwnMentee => AssignRefusal.OwnerIsOwnMentee,
                OwnerRefusal.SomebodysMentee => AssignRefusal.OwnerIsSomebodysMentee,
            };
        if (dueOn < today)
            return AssignRefusal.DueInThePast;
        // Another owner inherits the delay: otherwise passing it on would make a late answer punctual.
        if (!Overdue)
            DueOn = dueOn;
        OwnerId = owner;
        Version++;
        return null;
    }

    /// <summary>The public answer. What was planned may be answered again when it is done or given up; anything else is final.</summary>
    public AnswerRefusal? Reply(Guid by, InsightAnswer answer, string text, InsightEffect effect, string? evidence, DateOnly today)
    {
        if (OwnerId != by)
            return AnswerRefusal.NotTheOwner;
        if (Answer is InsightAnswer.Done or InsightAnswer.Declined)
            return AnswerRefusal.AlreadyAnswered;
        if (answer is InsightAnswer.Declined && effect is not InsightEffect.None)
            return AnswerRefusal.DeclinedWithEffect;
        MarkOverdue(today);
        Answer = answer;
        AnswerText = text;
        Effect = effect;
        Evidence = evidence;
        AnsweredOn ??= today;
        Version++;
        return null;
    }

    /// <summary>True once, when the due date has passed without an answer.</summary>
    public bool MarkOverdue(DateOnly today)
    {
        if (Overdue || Answer is not null || DueOn is not { } due || today <= due)
            return false;
        Overdue = true;
        Version++;
        return true;
    }
}

public enum AssignRefusal
{
    AlreadyAnswered,
    OwnerWithoutAuthority,
    OwnerIsOwnMentee,
    OwnerIsSomebodysMentee,
    DueInThePast,
}

public enum AnswerRefusal
{
    NotTheOwner,
    AlreadyAnswered,
    DeclinedWithEffect,
}
