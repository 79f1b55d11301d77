using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Surveys;

internal static class SurveyMapping
{
    public const string OneOfEachKind = "ux_surveys_kind";
    public const string OneAnswerEach = "pk_survey_participations";

    public static void MapSurveys(this ModelBuilder model)
    {
        model.Entity<Survey>(survey =>
        {
            survey.ToTenantTable("surveys", s => s.Id);
            survey.Property(s => s.Kind).HasConversion<string>();
            survey.Property(s => s.Questions).HasJson();
            survey.HasIndex(TenantTables.UnitId, nameof(Survey.ProgrammeId), nameof(Survey.Kind)).IsUnique().HasDatabaseName(OneOfEachKind);
        });
        model.Entity<Participation>(participation =>
        {
            participation.ToTenantTable("survey_participations", p => new { p.SurveyId, p.PersonId });
            participation.HasIndex(TenantTables.UnitId, nameof(Participation.PersonId)).HasDatabaseName("ix_survey_participations_person");
        });
        model.Entity<AnswerSheet>(sheet =>
        {
            sheet.ToTenantTable("answer_sheets", s => s.Id);
            sheet.Property(s => s.Standing).HasConversion<string>();
            sheet.Property(s => s.Answers).HasJson();
            sheet.HasIndex(TenantTables.UnitId, nameof(AnswerSheet.SurveyId), nameof(AnswerSheet.Respondent)).IsUnique().HasDatabaseName("ux_answer_sheets_respondent");
        });
        model.Entity<ShownNumber>(number => number.ToTenantTable("survey_shown_numbers", n => new { n.SurveyId, n.Batch, n.Code, n.Group }));
    }
}
