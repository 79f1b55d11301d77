using Mentoring.Contracts.Participants;

namespace Mentoring.Participants.People;

/// <summary>
/// Somebody of the unit, as the human-resources system tells. There is no place here for an age, a birth date or any other protected
/// characteristic, and none for a rating. Imports write the same table set-based (<see cref="LoadPeople"/>) and keep the same invariants:
/// <see cref="Version"/> rises with every change; <see cref="Chain"/> is the line that follows from everybody's <see cref="ManagerId"/>,
/// free of cycles; whoever is <see cref="Gone"/> never comes back (a rehire is a new person).
/// </summary>
public sealed class Person
{
    /// <summary>Nobody has more people above them: a line is kept with everybody below, and one without an end would fill any disk.</summary>
    public const int MostSuperiors = 50;

    public const int LowestGrade = 1;
    public const int HighestGrade = 99;

    private Person()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>The key in the human-resources system; null for those it does not know (guests, an external contact). Unique among those here.</summary>
    public string? ExternalId { get; private set; }

    public string GivenName { get; private set; } = "";
    public string FamilyName { get; private set; } = "";

    /// <summary>Work e-mail, lower case; null for those who have none (shift workers). Unique among those here.</summary>
    public string? Email { get; private set; }

    public string? Title { get; private set; }

    /// <summary>Organisation path, parts joined by <c> / </c>.</summary>
    public string UnitPath { get; private set; } = "";

    public string? Location { get; private set; }

    /// <summary>IANA name.</summary>
    public string TimeZone { get; private set; } = "";

    /// <summary>BCP 47 tags, the preferred first.</summary>
    public IReadOnlyList<string> Languages { get; private set; } = [];

    public CareerStage Stage { get; private set; }

    /// <summary>The stage was told by name, so the unit's mapping from titles leaves it alone.</summary>
    public bool StageTold { get; private set; }

    /// <summary>
    /// The organisation's own grades as rising numbers, from <see cref="LowestGrade"/> to <see cref="HighestGrade"/>: a structural rank like
    /// <see cref="Stage"/>, only finer. Null where it was not told; never guessed from a title.
    /// </summary>
    public int? Grade { get; private set; }

    public Guid? ManagerId { get; private set; }

    /// <summary>Everybody above, the nearest first: a reorganisation rewrites it, so that authority is one look-up.</summary>
    public IReadOnlyList<Guid> Chain { get; private set; } = [];

    /// <summary>The last day, as told; may lie ahead.</summary>
    public DateOnly? LeftOn { get; private set; }

    /// <summary>Has left. Kept without a way in until erased, because chains and history name the id.</summary>
    public bool Gone { get; private set; }

    /// <summary>Comes from another unit for a programme, with a consented snapshot only.</summary>
    public bool IsGuest { get; private init; }

    /// <summary>
    /// Other services hold a copy, since the first enrolment or role: only then do changes become facts. Never taken back: a copy that
    /// were no longer told would go stale.
    /// </summary>
    public bool KnownElsewhere { get; private set; }

    public long Version { get; private set; }

    /// <summary>Family name first, as it is sorted and searched (<see cref="SearchText"/>).</summary>
    public string FamilyFirst { get; private set; } = "";

    /// <summary>Given name first, as it is searched.</summary>
    public string GivenFirst { get; private set; } = "";

    public string Name => FamilyName.Length == 0 ? GivenName : $"{GivenName} {FamilyName}";

    /// <summary>Somebody the import does not bring: the first administrator, an external contact.</summary>
    public static Person Named(string name, string? email, string timeZone, DateTimeOffset now) => New(name, email, timeZone, now, guest: false);

    /// <summary>A guest, with exactly what was consented to.</summary>
    public static Person Guest(
        string name, string? email, string timeZone, IReadOnlyList<string> languages, CareerStage stage, int? grade, string unitPath, DateTimeOffset now)
    {
        var guest = New(name, email, timeZone, now, guest: true);
        guest.Languages = languages;
        guest.Stage = stage;
        guest.StageTold = true;
        guest.Grade = grade;
        guest.UnitPath = unitPath;
        return guest;
    }

    /// <summary>Somebody told of one by one; a file of people does the same set-based.</summary>
    /// <param name="details">All of it.</param>
    /// <param name="stage">As told, or as it follows.</param>
    /// <param name="manager">Null at the top.</param>
    /// <param name="now">For the id.</param>
    public static Person Told(PersonDetails details, CareerStage stage, Person? manager, DateTimeOffset now)
    {
        var person = new Person { Id = Guid.CreateVersion7(now), Version = 1 };
        person.Write(details, stage, manager);
        return person;
    }

    /// <summary>Is told of anew. Those below have their lines redrawn by the caller. False where nothing changes.</summary>
    public bool Become(PersonDetails details, CareerStage stage, Person? manager)
    {
        // Two lists are the same one only by reference.
        var told = PersonDetails.Of(this) with { Languages = details.Languages };
        if (told == details && Languages.SequenceEqual(details.Languages) && Stage == stage)
            return false;
        Write(details, stage, manager);
        Version++;
        return true;
    }

    /// <summary>The words of a search index entry for a name.</summary>
    public static (string FamilyFirst, string GivenFirst) SearchOf(string givenName, string familyName) =>
        (SearchText.Of($"{familyName} {givenName}"), SearchText.Of($"{givenName} {familyName}"));

    /// <summary>
    /// Other services will hold a copy from now on; whoever calls publishes <see cref="ToFact"/> in the same save. False when they did before.
    /// </summary>
    public bool BecomeKnownElsewhere()
    {
        if (KnownElsewhere)
            return false;
        KnownElsewhere = true;
        Version++;
        return true;
    }

    /// <summary>Leaves. Null when gone before.</summary>
    public PersonLeft? Leave(DateOnly lastDay)
    {
        if (Gone)
            return null;
        Gone = true;
        LeftOn = lastDay;
        Version++;
        return new PersonLeft(Id, Version);
    }

    /// <summary>A guest whose part is over: the consented snapshot goes, the id stays.</summary>
    public void EmptyGuest()
    {
        if (!IsGuest || !Gone)
            throw new InvalidOperationException("Only a guest who is gone is emptied.");
        (GivenName, FamilyName, FamilyFirst, GivenFirst, Email, Languages, UnitPath, Grade) = ("", "", "", "", null, [], "", null);
        Version++;
    }

    public PersonChanged ToFact() => new(Id, Version, Name, Email, TimeZone, Languages, Stage, UnitPath, Location, Title, Chain);

    private void Write(PersonDetails details, CareerStage stage, Person? manager)
    {
        (ManagerId, Chain) = (manager?.Id, manager is null ? [] : [manager.Id, .. manager.Chain]);
        (ExternalId, GivenName, FamilyName, Email, Title) = (details.ExternalId, details.GivenName, details.FamilyName, details.Email, details.Title);
        (FamilyFirst, GivenFirst) = SearchOf(GivenName, FamilyName);
        (UnitPath, Location, TimeZone, Languages) = (details.UnitPath, details.Location, details.TimeZone, details.Languages);
        (Stage, StageTold, Grade) = (stage, details.Stage is not null, details.Grade);
    }

    private static Person New(string name, string? email, string timeZone, DateTimeOffset now, bool guest)
    {
        // Only names in one piece come this way; the last word is taken for the family name.
        var trimmed = name.Trim();
        var gap = trimmed.LastIndexOf(' ');
        var (given, family) = gap < 0 ? (trimmed, "") : (trimmed[..gap].TrimEnd(), trimmed[(gap + 1)..]);
        var (familyFirst, givenFirst) = SearchOf(given, family);
        return new Person
        {
            Id = Guid.CreateVersion7(now),
            GivenName = given,
            FamilyName = family,
            FamilyFirst = familyFirst,
            GivenFirst = givenFirst,
            Email = email?.Trim().ToLowerInvariant(),
            TimeZone = timeZone,
            Languages = ["en"],
            Stage = CareerStage.Established,
            IsGuest = guest,
            Version = 1,
        };
    }
}
