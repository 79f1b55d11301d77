using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Matching.Suggestions;

internal static class SuggestionRoutes
{
    public static void MapSuggestions(this RouteGroupBuilder unit)
    {
        var proposals = unit.MapGroup("/proposals").RequireKind(CallerKind.Person).WithTags("Suggestions");
        proposals.MapGet("/suggestions", ReadSuggestions.Handle).Produces<Page<ReadSuggestions.Suggestion>>();
        proposals.MapGet("/wishes", StateWishes.Read).Produces<StateWishes.MyWishes>();
        proposals.MapPost("/wishes", StateWishes.Handle).Produces<StateWishes.MyWishes>();
    }
}
