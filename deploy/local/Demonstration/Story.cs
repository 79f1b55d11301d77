using Mentoring.Demonstration.Data;

namespace Mentoring.Demonstration;

/// <summary>What the steps of one journey share: the people, the units it works in, and what came of earlier steps.</summary>
public sealed class Story(Api api, string run)
{
    public Api Api => api;
    public Platform Platform => api.Platform;
    public Organisation Organisation { get; } = Organisation.Load(Organisation.Folder);
    public Cast Cast => field ??= Cast.Of(Organisation);

    /// <summary>The unit that runs the programme, another one, and a university; a later run on the same platform gets units of its own.</summary>
    public string Home { get; } = "nordlicht" + run;
    public string Other { get; } = "suedwind" + run;
    public string University { get; } = "university" + run;

    /// <summary>A unit for people who take no part: an organisation whose files hold a real tree.</summary>
    public string AdventureWorks { get; } = "adventure-works" + run;
    public const string OtherAdmin = "admin@suedwind.example";
    public const string UniversityAdmin = "admin@university.example";

    public string Programme { get; set; } = "";
    public Guid ProgrammeId { get; set; }

    /// <summary>E-mail → the person's id in the home unit.</summary>
    public Dictionary<string, Guid> Ids { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The chief executive's pair.</summary>
    public Pair? First { get; set; }

    /// <summary>The pairs of the second wave.</summary>
    public List<Pair> Pairs { get; } = [];

    /// <summary>The trace that the second cancellation starts, as the leader's browser would.</summary>
    public string CancellingTrace { get; } = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    public Api.Person Operator => api.As(Platform.Operator);
    public Api.Person Admin => api.As(Cast.UnitAdmin.Email);
    public Api.Person Manager => api.As(Cast.ProgrammeManager.Email);
    public Api.Person Chief => api.As(Cast.ChiefExecutive.Email);

    public BusinessUnit HomeUnit => new(api, Home);

    /// <summary>An address in the home unit.</summary>
    public string At(string path) => HomeUnit.At(path);

    public Data.Person ByEmail(string email) => Organisation.People.Single(person => person.Email.Equals(email, StringComparison.OrdinalIgnoreCase));
    public string EmailOf(Guid id) => Ids.Single(entry => entry.Value == id).Key;
    public string EmailOf(System.Text.Json.Nodes.JsonNode person) => EmailOf(person["id"]!.GetValue<Guid>());
}

/// <summary>A business unit on the running platform, by its slug.</summary>
public sealed record BusinessUnit(Api Api, string Slug)
{
    public string At(string path) => $"/api/v1/units/{Slug}/{path}";

    public Api.Person As(string email) => Api.As(email);
}

/// <summary>A pair that has formed.</summary>
public sealed record Pair(Guid Id, string MentorEmail, string MenteeEmail);
