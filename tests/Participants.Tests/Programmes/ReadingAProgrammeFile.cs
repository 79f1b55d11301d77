using FsCheck;
using FsCheck.Fluent;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Programmes;

namespace Mentoring.Participants.Tests.Programmes;

public sealed class ReadingAProgrammeFile
{
    private const string Complete = """
        template: general-electric-1999
        name: How our customers use AI
        gap:
          sentence: Executives decide on AI tools that frontline teams use daily and they have never opened.
          topics: [generative-ai-at-work, prompt-writing]
          strategicPriority: ai-readiness
        sponsor: chief-executive@example.org
        waves:
          - { name: sponsor,    mentees: { people: [sponsor] } }
          - { name: executives, unlock: { wave: sponsor, heldAtLeast: 2 } }
        cadence: { video: P14D, in-person: P90D }
        measures:
          - { name: fluency, instrument: gap-self-rating, side: mentee, baseline: 2.1, target: 3.5 }
        """;

    [Fact]
    public void A_file_is_laid_over_its_template_and_the_defaults()
    {
        var settings = Read(Complete).Settings!;

        Assert.Equal("how-our-customers-use-ai", settings.Slug);
        Assert.Equal(["generative-ai-at-work", "prompt-writing"], settings.Gap.Topics);
        Assert.Equal("ai-readiness", settings.Gap.StrategicPriority);
        Assert.Equal(3, settings.SameChainAtDistance);
        Assert.Equal(["chief-executive@example.org"], settings.Waves[0].People);
        Assert.Equal(new UnlockSettings("sponsor", 2, ReviewGreen: false, Date: null), settings.Waves[1].Unlock);
        Assert.Equal("P90D", settings.Cadence["in-person"]);
        Assert.Equal(["mentoring-someone-senior", "safety"], settings.MentorModules);
        Assert.Equal(5, settings.K);
        Assert.Equal("mentee", settings.Booking);
    }

    [Theory]
    [InlineData("opens: { wave: nowhere }", "opens.wave", "wave-unknown")]
    [InlineData("opens: { wave: executives }", "opens.wave", "invalid")]
    [InlineData("opens: { wave: sponsor, programme: other }", "opens.wave", "invalid")]
    [InlineData("opens: { }", "opens.wave", "invalid")]
    [InlineData("enrolFirst: { atLeast: 3 }", "enrolFirst.side", "invalid")]
    [InlineData("enrolFirst: { side: mentees }", "enrolFirst.side", "invalid")]
    [InlineData("enrolFirst: { side: mentee, atLeast: 0 }", "enrolFirst.atLeast", "invalid")]
    [InlineData("mentees: { places: 0 }", "mentees.places", "invalid")]
    [InlineData("report: [continuation]", "report[0]", "invalid")]
    [InlineData("expansion: [{ gate: measure, name: fluency, atMost: 3 }]", "expansion[0].atMost", "invalid")]
    [InlineData("expansion: [{ gate: retention, notBelowBaseline: true }]", "expansion[0].gate", "measure-missing")]
    [InlineData("expansion: [{ gate: project-delivered, atLeast: 0.8 }]", "expansion[0].gate", "setting-missing")]
    [InlineData("expansion: [{ gate: effect-count, name: harmony, atLeast: 1 }]", "expansion[0].name", "invalid")]
    [InlineData("matching: { hard: [different-departments] }", "matching.hard[0]", "invalid")]
    [InlineData("charter: { language: pl }", "charter.language", "invalid")]
    [InlineData("charter: { wording: { harmony: { en: We agree. } } }", "charter.wording.harmony", "unknown-key")]
    [InlineData("charter: { clauses: [gap], wording: { review: { en: We look back. } } }", "charter.wording.review", "unknown-key")]
    [InlineData("charter: { wording: { review: { pl: We look back. } } }", "charter.wording.review.pl", "unknown-key")]
    [InlineData("charter: { wording: { review: We look back. } }", "charter.wording.review", "invalid")]
    [InlineData("charter: { wording: { review: { en: [We, look, back] } } }", "charter.wording.review.en", "invalid")]
    [InlineData("charter: { wording: { review: { en: \"We look\\nback.\" } } }", "charter.wording.review.en", "invalid")]
    public void A_setting_does_what_it_says_or_is_refused(string setting, string path, string code) =>
        Assert.Contains(Read($"{Complete}\n{setting}").Problems, problem => problem.Path == path && problem.Code == code);

    [Fact]
    public void Without_a_template_every_setting_has_its_default()
    {
        var settings = Read("""
            name: A plain one
            gap: { sentence: Executives decide on tools that teams use daily., topics: [prompt-writing] }
            sponsor: chief@example.org
            measures: [{ name: fluency, instrument: gap-self-rating, baseline: 2, target: 3 }]
            """).Settings!;

        Assert.Equal((Direction.Reverse, "P6M", "P6M", "mentee", 60, 5, 10), (settings.Direction, settings.Length, settings.Review, settings.Booking, settings.SessionMinutes, settings.K, settings.CommentsK));
        Assert.Equal(new Dictionary<string, string> { ["video"] = "P30D" }, settings.Cadence);
        Assert.Equal((1, 1, null, null), (settings.Mentors.Capacity, settings.Mentees.Capacity, settings.Mentors.Places, settings.Mentees.Places));
        Assert.Equal(("all", null), (Assert.Single(settings.Waves).Name, settings.Waves[0].Unlock));
        Assert.Equal(12, settings.CharterClauses.Count);
        Assert.Contains("authority", settings.HardRules);
        Assert.Null(settings.SameChainAtDistance);
        Assert.Equal((0, 0), (settings.Gates.Count, settings.Report.Count));
    }

    [Fact]
    public void A_clause_is_worded_by_language_and_at_most_a_paragraph_long()
    {
        var settings = Read($"{Complete}\ncharter: {{ language: de, wording: {{ review: {{ de: {new string('a', 1_000)}, en: We look back. }}, gap: {{ }} }} }}").Settings!;

        Assert.Equal("de", settings.CharterLanguage);
        Assert.Equal(["review"], settings.CharterWording.Keys);
        Assert.Equal(("We look back.", 1_000), (settings.CharterWording["review"]["en"], settings.CharterWording["review"]["de"].Length));
        Assert.Contains(
            Read($"{Complete}\ncharter: {{ wording: {{ review: {{ en: {new string('a', 1_001)} }} }} }}").Problems, problem => problem.Path == "charter.wording.review.en");
    }

    [Fact]
    public void Where_a_file_says_nothing_every_clause_of_the_platform_is_settled_in_the_platforms_words()
    {
        var settings = Read(Complete.Replace("template: general-electric-1999\n", "", StringComparison.Ordinal)).Settings!;

        Assert.Equal(
            [
                "purpose", "gap", "topics", "goals", "cadence", "places", "not-to-be-shared", "may-become-insight", "confidentiality", "sensitivities",
                "disagreement", "review",
            ],
            settings.CharterClauses);
        Assert.Null(settings.CharterLanguage);
        Assert.Empty(settings.CharterWording);
    }

    [Fact]
    public void The_example_of_the_api_is_accepted_whole()
    {
        var reading = Read("""
            template: general-electric-1999
            name: How our customers use AI
            gap:
              sentence: Executives decide on AI tools that frontline teams use daily and they have never opened.
              topics: [generative-ai-at-work, prompt-writing]
              strategicPriority: ai-readiness
            direction: reverse
            sponsor: chief-executive@example.org
            mentors:   { stages: [early, established], capacity: 1 }
            mentees:   { stages: [executive, senior],  capacity: 1 }
            waves:
              - { name: sponsor,    mentees: { people: [chief-executive@example.org] } }
              - { name: executives, unlock: { wave: sponsor, heldAtLeast: 2 } }
            cadence: { video: P14D, in-person: P90D }
            place: [neutral, off-site, video]
            booking: mentee            # or: platform
            length: P6M
            review: P6M
            measures:
              - { name: fluency, instrument: gap-self-rating, side: mentee, baseline: 2.1, target: 3.5 }
            preparation: { mentor: [mentoring-someone-senior, safety], mentee: [being-mentored, safety] }
            matching:
              hard:   [topic-overlap, authority, common-language, overlapping-hours]
              authority: { sameChainAtDistance: 3 }     # default: disjoint
              prefer: { gap: 50, wishes: 20, reach: 15, time: 10, channel: 5 }
            charter: { clauses: [purpose, gap, not-to-be-shared, may-become-insight, confidentiality, sensitivities, disagreement] }
            safety: { k: 5, comments: 10 }
            expansion:
              - { gate: sessions-held, atLeast: 0.8 }
              - { gate: senior-participation, atLeast: 0.9 }
              - { gate: measure, name: fluency, atLeast: 3.5 }
              - { gate: insights-answered-in-time, atLeast: 0.9 }
              - { gate: psychological-safety, notBelowBaseline: true }
            """);

        Assert.Empty(reading.Problems);
        Assert.Equal(5, reading.Settings!.Gates.Count);
    }

    [Fact]
    public void Json_of_the_same_shape_reads_the_same()
    {
        var json = """
            {"template":"general-electric-1999","name":"How our customers use AI","sponsor":"chief-executive@example.org",
             "gap":{"sentence":"Executives decide on AI tools that teams use daily.","topics":["prompt-writing"]},
             "safety":{"k":7,"comments":12}}
            """;
        var settings = ProgrammeFile.Read(json, json: true, ProgrammeTemplates.Find).Settings!;

        Assert.Equal(7, settings.K);
        Assert.Equal(["prompt-writing"], settings.Gap.Topics);
    }

    [Theory]
    [InlineData(Complete, "name: Communication\nsponsor: chief-executive@example.org", "gap-missing")]
    [InlineData("topics: [generative-ai-at-work, prompt-writing]", "topics: []", "gap-missing")]
    [InlineData("baseline: 2.1, target: 3.5", "target: 3.5", "measure-missing")]
    [InlineData("sponsor: chief-executive@example.org", "", "sponsor-unknown")]
    [InlineData("template: general-electric-1999", "template: no-such", "template-unknown")]
    [InlineData("wave: sponsor", "wave: later", "wave-unknown")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "cadence: { video: fortnightly }", "invalid")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "cadence: { pigeon: P14D }", "unknown-key")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "safety: { k: 2 }", "k-too-small")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "matching: { authority: { sameChainAtDistance: 2 } }", "same-chain-too-near")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "direction: traditional", "direction-mismatch")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "mentors: { stages: [early, executive] }", "direction-mismatch")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "mentors: { stages: [early, executive] }\nmatching: { grades: { atLeast: 0 } }", "direction-mismatch")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "mentors: { stages: [early, executive] }\nmatching: { grades: { atMost: 3 } }", "direction-mismatch")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "matching: { grades: { atLeast: 3, atMost: 2 } }", "grades-contradict")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "matching: { grades: { atLeast: 99 } }", "invalid")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "matching: { grades: { atMost: -1 } }", "invalid")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "matching: { grades: {} }", "grades-missing")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "matching: { grades: { exactly: 1 } }", "unknown-key")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "matching: { grades: 2 }", "invalid")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "matching: { hard: [grades] }", "grades-missing")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "matching: { authority: { notUnderDirectReport: 'yes' } }", "invalid")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "matching: { mode: lottery }", "invalid")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "matching: { prefer: { organisation: 10 } }", "unknown-key")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "participation: ordered", "invalid")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "expansion: [{ gate: acceptance, atMost: 1 }]", "invalid")]
    [InlineData("cadence: { video: P14D, in-person: P90D }", "expansion: [{ gate: measure, name: other }]", "measure-missing")]
    public void What_a_programme_may_not_be_is_named(string instead, string of, string code)
    {
        var reading = Read(Complete.Replace(instead, of, StringComparison.Ordinal));

        Assert.Null(reading.Settings);
        Assert.Contains(reading.Problems, problem => problem.Code == code);
    }

    [Fact]
    public void An_unknown_setting_is_refused_with_its_path()
    {
        var reading = Read(Complete.Replace("heldAtLeast: 2", "heldAtLeast: 2, heldAtMost: 5", StringComparison.Ordinal));

        var problem = Assert.Single(reading.Problems);
        Assert.Equal(("waves[1].unlock.heldAtMost", "unknown-key"), (problem.Path, problem.Code));
    }

    [Fact]
    public void A_department_is_told_by_its_parts_from_the_top_down()
    {
        const string first = "mentees: { people: [sponsor] }";
        var taken = Read(Complete.Replace(first, "mentees: { departments: [' Sales/ Europe/', Audit] }", StringComparison.Ordinal));
        Assert.Equal(["Sales / Europe", "Audit"], taken.Settings!.Waves[0].Departments);

        var problem = Assert.Single(Read(Complete.Replace(first, "mentees: { departments: [Sales, ' / '] }", StringComparison.Ordinal)).Problems);
        Assert.Equal(("waves[0].mentees.departments", "invalid"), (problem.Path, problem.Code));
    }

    [Theory]
    [InlineData("mentors: { ageUnder: 30 }", "mentors.ageUnder")]
    [InlineData("mentees: { generation: boomers }", "mentees.generation")]
    [InlineData("gender: any", "gender")]
    public void Age_and_protected_characteristics_are_refused_by_name(string line, string path)
    {
        var reading = Read($"{Complete}\n{line}");

        Assert.Contains(reading.Problems, problem => problem.Path == path && problem.Code == "protected-attribute");
    }

    [Fact]
    public void Authority_cannot_be_left_out_of_the_hard_rules()
    {
        var settings = Read($"{Complete}\nmatching: {{ hard: [topic-overlap] }}").Settings!;

        Assert.Contains("authority", settings.HardRules);
    }

    [Fact]
    public void Where_grades_decide_who_stands_above_the_stages_of_the_sides_may_overlap()
    {
        var programme = Drafts.Of("""
            mentors: { stages: [early, established, senior, executive] }
            mentees: { stages: [early, established, senior, executive] }
            matching:
              hard: [topic-overlap]
              grades: { atLeast: 1, atMost: 2 }
              authority: { sameChainAtDistance: 4, notUnderDirectReport: true }
              prefer: { gap: 70, grade: 30 }
              mode: self-chosen
            """);

        var fact = programme.ToFact();
        Assert.Equal(new GradeDistance(1, 2), fact.Grades);
        Assert.Equal(["topic-overlap", "authority", "grades"], fact.HardRules);
        Assert.Equal((4, true, MatchingMode.SelfChosen), (fact.SameChainAtDistance, fact.NotUnderDirectReport, fact.Mode));
        Assert.Equal(30, fact.Prefer["grade"]);
    }

    [Theory]
    [InlineData("grades: { atLeast: 2 }", 2, null)]
    [InlineData("grades: { atMost: 0 }", null, 0)]
    [InlineData("grades: { atLeast: 98, atMost: 98 }", 98, 98)]
    public void Either_bound_of_the_grades_may_be_left_open(string grades, int? atLeast, int? atMost) =>
        Assert.Equal(new GradeDistance(atLeast, atMost), Drafts.Of($"matching: {{ {grades} }}").ToFact().Grades);

    [Fact]
    public void A_programme_that_says_nothing_of_grades_or_choosing_is_as_ever()
    {
        var fact = Drafts.Of().ToFact();

        Assert.Equal((null, false, MatchingMode.WholePool), (fact.Grades, fact.NotUnderDirectReport, fact.Mode));
        Assert.DoesNotContain("grades", fact.HardRules);
        Assert.Equal((null, null), (fact.Gap.Up, fact.Gap.Down));
    }

    [Fact]
    public void A_reciprocal_programme_publishes_the_topics_of_each_way()
    {
        const string file = "template: both-directions\nsponsor: sponsor@example.org";
        var settings = Read(file).Settings!;
        var programme = Participants.Programmes.Programme.Draft(
            Guid.CreateVersion7(), settings, file, new Dictionary<string, Guid> { ["sponsor@example.org"] = Drafts.SponsorId }, null, DateTimeOffset.UnixEpoch);

        var gap = programme.ToFact().Gap;
        Assert.Equal(["generative-ai-at-work", "frontline-reality"], gap.Up);
        Assert.Equal(["deciding-under-uncertainty", "strategy-and-finance"], gap.Down);
        Assert.Equal(4, gap.Topics.Count);
    }

    [Fact]
    public void The_file_that_explains_every_setting_is_accepted_and_leaves_none_out()
    {
        var explained = ProgrammeTemplates.EverySetting;
        Assert.Empty(Read(explained).Problems);

        // The reader names every setting it knows when it meets one it does not.
        foreach (var (setting, withAnother) in new[]
        {
            ("slug:", "nonsense: 1\nslug:"), ("  sentence:", "  nonsense: 1\n  sentence:"), ("  mode:", "  nonsense: 1\n  mode:"),
            ("    sameChainAtDistance:", "    nonsense: 1\n    sameChainAtDistance:"), ("{ name: sponsor,", "{ nonsense: 1, name: sponsor,"),
            ("{ wave: sponsor,", "{ nonsense: 1, wave: sponsor,"), ("{ side: mentor,", "{ nonsense: 1, side: mentor,"), ("{ name: fluency,", "{ nonsense: 1, name: fluency,"),
            ("{ gate: sessions-held,", "{ nonsense: 1, gate: sessions-held,"), ("{ k: 5", "{ nonsense: 1, k: 5"), ("{ atLeast: 1,", "{ nonsense: 1, atLeast: 1,"),
        })
        {
            Assert.Contains(setting, explained, StringComparison.Ordinal);
            var detail = Assert.Single(Read(explained.Replace(setting, withAnother, StringComparison.Ordinal)).Problems).Detail;
            var known = detail[(detail.IndexOf("there are", StringComparison.Ordinal) + 9)..].TrimEnd('.').Split(',', StringSplitOptions.TrimEntries);
            Assert.All(known, key => Assert.Matches($@"\b{key}\b", explained));
        }
    }

    [Theory]
    [InlineData("instrument: count, baseline: 9, target: 4", "atMost: 4", true)]
    [InlineData("instrument: count, baseline: 9, target: 4", "atLeast: 4", false)]
    [InlineData("instrument: perception-gap, baseline: 1.5, target: 0.8", "atMost: 0.8", true)]
    [InlineData("instrument: perception-gap", "atLeast: 0.8", false)]
    [InlineData("instrument: count, baseline: 4, target: 9", "atMost: 9", false)]
    [InlineData("instrument: count, baseline: 4, target: 9", "atLeast: 9, atMost: 10", false)]
    [InlineData("instrument: count", "atMost: 9", true)]
    public void A_measure_that_is_to_fall_has_a_most_and_one_that_is_to_rise_a_least(string measure, string bound, bool taken)
    {
        var problems = Read($$"""
            {{Complete.Replace("measures:", "measures:\n  - { name: watched, " + measure + " }", StringComparison.Ordinal)}}
            expansion: [{ gate: measure, name: watched, {{bound}} }]
            """).Problems;
        Assert.Equal(taken, problems.Count == 0);
    }

    [Fact]
    public void The_most_days_until_a_first_session_are_published_as_its_threshold()
    {
        var gate = Assert.Single(Drafts.Of("expansion: [{ gate: days-to-first-session, atMost: 14 }]").ToFact().Gates);

        Assert.Equal((14m, 14m), (gate.AtLeast!.Value, gate.AtMost!.Value));
    }

    [Fact]
    public void An_area_takes_the_place_of_the_templates_sentence_and_needs_no_measure()
    {
        var settings = Read("""
            template: general-electric-1999
            name: What each knows best
            sponsor: chief-executive@example.org
            gap: { area: From both people's expertise }
            measures: []
            expansion: []
            """).Settings!;

        Assert.Null(settings.Gap.Sentence);
        Assert.Equal("From both people's expertise", settings.Gap.Area);
    }

    [Theory]
    [InlineData("a: &x [1]\nb: *x", "nchors")]
    [InlineData("a: !!python/object:os.system x", "tags")]
    [InlineData("a: 1\n---\nb: 2", "one document")]
    [InlineData("a: 1\na: 2", "twice")]
    [InlineData("[1, 2]", "mapping")]
    [InlineData("just words", "mapping")]
    [InlineData("", "empty")]
    [InlineData("a: [[[[[[[[[[1]]]]]]]]]]", "nested")]
    [InlineData("a: 'unfinished", "not YAML")]
    [InlineData("? [complex, key]\n: 1", "short word")]
    public void Hostile_files_are_refused_and_say_why(string yaml, string why)
    {
        var problem = Assert.Single(Read(yaml).Problems);

        Assert.Contains(why, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_of_aliases_does_not_unfold()
    {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]";

        Assert.Equal("malformed", Assert.Single(Read(bomb).Problems).Code);
    }

    [Fact]
    public void Files_that_are_too_large_too_long_or_too_many_are_refused()
    {
        Assert.Equal("too-large", Assert.Single(Read("a: " + new string('x', FileNode.MaxBytes)).Problems).Code);
        Assert.Equal("malformed", Assert.Single(Read($"a: {new string('x', 3_000)}").Problems).Code);
        Assert.Equal("malformed", Assert.Single(Read($"a: [{string.Join(',', Enumerable.Repeat("1", 3_000))}]").Problems).Code);
        Assert.Equal("malformed", Assert.Single(Read(new string('[', 50_000)).Problems).Code);
        Assert.Equal("malformed", Assert.Single(ProgrammeFile.Read(new string('[', 50_000), json: true, ProgrammeTemplates.Find).Problems).Code);
        Assert.Equal("malformed", Assert.Single(ProgrammeFile.Read("""{"a":1,"a":2}""", json: true, ProgrammeTemplates.Find).Problems).Code);
    }

    [Fact]
    public void Whatever_is_sent_there_is_an_answer_and_never_both_settings_and_problems()
    {
        var lines = Complete.Split('\n');
        var pieces = Gen.Elements([.. lines, "- ", "  ", "{", "}", "]", "[", ": ", "&a", "*a", "!t", "|", ">", "\"", "'", "%YAML 1.2", "\t", "\u0000", "…", "null", "~"]);
        Prop.ForAll(Arb.From(Gen.ArrayOf(pieces)), parts =>
        {
            var reading = Read(string.Join('\n', parts));
            return reading.Settings is null == reading.Problems.Count > 0;
        }).QuickCheckThrowOnFailure();
    }

    private static FileReading Read(string yaml) => ProgrammeFile.Read(yaml, json: false, ProgrammeTemplates.Find);
}
