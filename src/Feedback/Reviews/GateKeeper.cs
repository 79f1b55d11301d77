using System.Globalization;
using Mentoring.Contracts.Feedback;
using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Figures;
using Mentoring.Feedback.Surveys;

namespace Mentoring.Feedback.Reviews;

/// <summary>
/// Reads a programme's gates from the evidence. A gate is green only on a figure that is there and good enough: what is not known, what
/// too few people stand behind, and a gate nobody here knows are red.
/// </summary>
public static class GateKeeper
{
    private const string SafetyWords = "psychological safety (1 to 7)";
    private const string NotRecorded = "No figure of it has been recorded yet.";

    public static GateReading Read(Gate gate, Evidence evidence) => gate.Name switch
    {
        "sessions-held" => AtLeast(gate, evidence.SessionsHeld, share: true, $"{evidence.Held} of {evidence.Planned} sessions were held"),
        "senior-participation" => AtLeast(gate, evidence.SeniorParticipation, share: true, $"{evidence.MenteesMet} of {evidence.MenteesInPairs} mentees have met"),
        "acceptance" => AtLeast(gate, evidence.Acceptance, share: true, $"{evidence.Pairs} of {evidence.Pairs + evidence.NotProceeding} proposals became pairs"),
        "days-to-first-session" => AtMost(gate, evidence.MedianDaysToFirstSession),
        "insights-answered-in-time" =>
            AtLeast(gate, evidence.InsightsAnsweredInTime, share: true, $"{evidence.InsightsInTime} of {evidence.InsightsDue} insights due were answered in time"),
        // The name is the effect that counts: where the gate wants a policy, a changed process opens nothing.
        "effect-count" when gate.Measure is { } effect =>
            AtLeast(gate, evidence.Effects.GetValueOrDefault(effect), share: false, $"Insights with the effect {effect.Replace('-', ' ')}"),
        "effect-count" => AtLeast(gate, evidence.Effects.Values.Sum(), share: false, "Insights with an effect"),
        "measure" when gate.Measure is { } measure => Measured(gate, measure, evidence),
        "psychological-safety" => Safety(gate, evidence),
        "review-held" => new GateReading(NameOf(gate), Green: true, 1, "This review was held."),
        "attested" => Attested(gate, evidence),
        "pair-continuation" when evidence.Continuation.Reached == 0 => Red(gate, "No pair has reached its planned end yet."),
        "pair-continuation" => AtLeast(gate, evidence.PairsContinued, share: true,
            $"{evidence.Continuation.Continued} of {evidence.Continuation.Reached} pairs went on after their planned end"),
        "retention" => Retained(gate, evidence),
        "project-delivered" => AtLeast(gate, evidence.ProjectDelivered, share: true,
            $"{evidence.ProjectsDelivered} of {evidence.PairsMet} pairs that have met have delivered their project"),
        _ => Red(gate, "This gate is not known here."),
    };

    /// <summary>The gate with what it is about: <c>measure:fluency</c>.</summary>
    public static string NameOf(Gate gate) => gate.Measure is { } measure ? $"{gate.Name}:{measure}" : gate.Name;

    private static GateReading AtLeast(Gate gate, decimal? value, bool share, string words)
    {
        if (value is not { } figure)
            return TooFew(gate);
        var needed = gate.AtLeast ?? 1;
        return new(NameOf(gate), figure >= needed, figure, share
            ? $"{words}: {Percent(figure)}, {Percent(needed)} needed."
            : $"{words}: {Number(figure)}, {Number(needed)} needed.");
    }

    // The file has one word for a threshold; for a delay it is the most there may be.
    private static GateReading AtMost(Gate gate, decimal? value)
    {
        if (value is not { } days)
            return TooFew(gate);
        var most = gate.AtLeast ?? 30;
        return new(NameOf(gate), days <= most, days, $"Half of the pairs met within {Number(days)} days of being formed, {Number(most)} allowed.");
    }

    private static GateReading Measured(Gate gate, string name, Evidence evidence)
    {
        if (evidence.Measures.FirstOrDefault(known => known.Name == name) is not { } measure)
            return Red(gate, "The programme has no measure of this name.");
        return Questionnaire.Asks(measure) ? Rated(gate, measure, evidence) : Recorded(gate, measure, evidence);
    }

    private static GateReading Rated(Gate gate, Measure measure, Evidence evidence)
    {
        if (evidence.Later is null)
            return Red(gate, "No survey has been held after the baseline.");
        if (evidence.Later.Of(measure) is not { } now)
            return TooFew(gate);
        var subject = measure.Instrument == Questionnaire.PerceptionGap ? $"The distance between predicted and reported, as to {Words(measure)}," : $"The mean of {Words(measure)}";
        return Reached(gate, measure, subject, now.Mean, evidence.Baseline?.Of(measure)?.Mean, "");
    }

    private static GateReading Recorded(Gate gate, Measure measure, Evidence evidence)
    {
        if (evidence.FigureOf(measure) is not { } figure)
            return Red(gate, NotRecorded);
        return figure.IsOfAtLeast(evidence.K)
            ? Reached(gate, measure, $"The figure of {Words(measure)}", figure.Value, measure.Baseline, AsOf(figure))
            : TooFew(gate);
    }

    /// <summary>
    /// Holds a measure's figure against the gate's threshold, or against the measure's own target where the gate has none and does not go
    /// by the baseline. A measure whose target lies below its baseline is better the smaller it is, so that its threshold is the most there
    /// may be.
    /// </summary>
    private static GateReading Reached(Gate gate, Measure measure, string subject, decimal now, decimal? before, string asOf)
    {
        var falling = gate.AtMost is not null || measure.Target < measure.Baseline || measure.Instrument == Questionnaire.PerceptionGap;
        if ((gate.AtLeast ?? (gate.NotBelowBaseline ? null : measure.Target)) is not { } needed)
        {
            if (!gate.NotBelowBaseline)
                return Red(gate, "Neither the gate nor its measure says what is to be reached.");
            return new(NameOf(gate), falling ? now <= before : now >= before, now, $"{subject} is {Number(now)}{Baseline(gate, before)}{asOf}.");
        }
        var enough = falling ? now <= needed : now >= needed;
        var notWorse = !gate.NotBelowBaseline || (falling ? now <= before : now >= before);
        return new(NameOf(gate), enough && notWorse, now,
            $"{subject} is {Number(now)}, {(falling ? $"at most {Number(needed)} allowed" : $"{Number(needed)} needed")}{Baseline(gate, before)}{asOf}.");
    }

    /// <summary>
    /// How many stay, beside the comparison that was recorded with it; where the gate names no share, that alone is what to reach. A gate
    /// without a name reads every measure of retention, and is red where one of them is.
    /// </summary>
    private static GateReading Retained(Gate gate, Evidence evidence)
    {
        var readings = evidence.Measures
            .Where(measure => measure.Instrument == Figure.Retention && (gate.Measure ?? measure.Name) == measure.Name)
            .Select(measure => Retained(gate, measure, evidence)).ToList();
        return readings.Count == 0
            ? Red(gate, "The programme has no measure of retention to read.")
            : readings.Find(reading => !reading.Green) ?? readings[0];
    }

    private static GateReading Retained(Gate gate, Measure measure, Evidence evidence)
    {
        if (evidence.FigureOf(measure) is not { Comparison: { } comparison } figure)
            return Red(gate, NotRecorded);
        if (!figure.IsOfAtLeast(evidence.K))
            return TooFew(gate);
        var highEnough = gate.AtLeast is not { } least || figure.Value >= least;
        var beside = (gate.AtLeast is not null && !gate.NotBelowBaseline) || figure.Value >= comparison;
        var needed = gate.AtLeast is { } target ? $", {Percent(target)} needed" : "";
        return new(NameOf(gate), highEnough && beside, figure.Value,
            $"The figure of {Words(measure)} is {Percent(figure.Value)}{needed}, {Percent(comparison)} in the comparison group{AsOf(figure)}.");
    }

    private static GateReading Safety(Gate gate, Evidence evidence)
    {
        if (evidence.Later is null)
            return Red(gate, "No survey has been held after the baseline.");
        if (evidence.Later.Safety() is not { } now)
            return TooFew(gate);
        return Compared(gate, SafetyWords, now.Mean, evidence.Baseline?.Safety()?.Mean);
    }

    private static GateReading Compared(Gate gate, string what, decimal now, decimal? before)
    {
        var highEnough = gate.AtLeast is not { } least || now >= least;
        var notFallen = !gate.NotBelowBaseline || now >= before;
        var needed = gate.AtLeast is { } target ? $", {Number(target)} needed" : "";
        return new(NameOf(gate), highEnough && notFallen, now, $"The mean of {what} is {Number(now)}{needed}{Baseline(gate, before)}.");
    }

    private static string Baseline(Gate gate, decimal? before) =>
        before is { } was ? $", {Number(was)} at baseline" : gate.NotBelowBaseline ? ", and the baseline shows no figure to compare with" : "";

    private static string AsOf(Figure figure) => $", as of {figure.AsOf:yyyy-MM-dd}";

    private static string Words(Measure measure) => measure.Name.Replace('-', ' ');

    private static GateReading Attested(Gate gate, Evidence evidence)
    {
        var attested = gate.Measure is { } what ? evidence.Attested.Contains(what) : evidence.Attested.Count > 0;
        return attested ? new(NameOf(gate), Green: true, 1, "A sponsor has stated it in writing.") : Red(gate, "No sponsor has stated it yet.");
    }

    private static GateReading TooFew(Gate gate) => Red(gate, "There is no figure yet, or too few people stand behind it to show one.");

    private static GateReading Red(Gate gate, string words) => new(NameOf(gate), Green: false, null, words);

    private static string Percent(decimal share) => (share * 100).ToString("0.####", CultureInfo.InvariantCulture) + " %";

    private static string Number(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
