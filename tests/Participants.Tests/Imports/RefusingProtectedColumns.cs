using Mentoring.Participants.Imports;

namespace Mentoring.Participants.Tests.Imports;

public sealed class RefusingProtectedColumns
{
    [Theory]
    [InlineData("birth_date"), InlineData("birthDate"), InlineData("Date of Birth"), InlineData("DOB"), InlineData("DateOfBirth"), InlineData("birthday")]
    [InlineData("age"), InlineData("Age Group"), InlineData("age_band"), InlineData("generation"), InlineData("gender"), InlineData("Sex"), InlineData("SEX")]
    [InlineData("Geburtsdatum"), InlineData("geb. Datum geboren"), InlineData("Alter"), InlineData("Geschlecht"), InlineData("Konfession"), InlineData("Schwerbehindert")]
    [InlineData("date de naissance"), InlineData("Âge"), InlineData("sexe"), InlineData("Génération"), InlineData("situation familiale"), InlineData("État civil")]
    [InlineData("fecha de nacimiento"), InlineData("Edad"), InlineData("género"), InlineData("Religión"), InlineData("estado civil"), InlineData("raza")]
    [InlineData("ethnicity"), InlineData("race"), InlineData("religion"), InlineData("disability"), InlineData("Sexual Orientation"), InlineData("maritalStatus")]
    [InlineData("nationality"), InlineData("trade union member"), InlineData("politicalOpinion"), InlineData("performance_rating"), InlineData("9-box"), InlineData("Potenzial")]
    [InlineData("characteristics"), InlineData("Protected Characteristic"), InlineData("identity to match"), InlineData("match with similar identity"), InlineData("Identität")]
    public void A_name_that_means_one_is_known(string column) => Assert.True(ProtectedColumns.Contains(column));

    [Theory]
    [InlineData("externalId"), InlineData("givenName"), InlineData("familyName"), InlineData("email"), InlineData("title"), InlineData("unitPath")]
    [InlineData("managerExternalId"), InlineData("stage"), InlineData("location"), InlineData("timeZone"), InlineData("languages"), InlineData("leftOn")]
    [InlineData("kind"), InlineData("topic"), InlineData("level"), InlineData("priority"), InlineData("evidence"), InlineData("Language"), InlineData("Manager")]
    [InlineData("Percentage"), InlineData("Message"), InlineData("department"), InlineData("essex office"), InlineData("grade"), InlineData("Village"), InlineData("phone"), InlineData("identifier")]
    public void An_ordinary_name_is_left_alone(string column) => Assert.False(ProtectedColumns.Contains(column));
}
