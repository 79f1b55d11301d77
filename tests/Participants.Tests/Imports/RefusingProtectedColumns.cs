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
    [InlineData("Geb.-Datum"), InlineData("GebDat"), InlineData("Geb."), InlineData("YOB"), InlineData("Altersklasse"), InlineData("Eintrittsalter"), InlineData("Alter in Jahren")]
    [InlineData("Date naiss."), InlineData("né(e) le"), InlineData("fechanac"), InlineData("F.Nac."), InlineData("año nac."), InlineData("grupo de edad"), InlineData("edadactual")]
    [InlineData("Geschl."), InlineData("H/F"), InlineData("m/w/d"), InlineData("Herr/Frau"), InlineData("genderid"), InlineData("sexcode"), InlineData("SEX_CD"), InlineData("ＳＥＸ")]
    [InlineData("agegrp"), InlineData("age2024"), InlineData("AGE_YRS"), InlineData("employeeage"), InlineData("a\u200Bge"), InlineData("Gen Z"), InlineData("D.O.B."), InlineData("birthdt")]
    [InlineData("rating2024"), InlineData("HiPo flag"), InlineData("hi-po"), InlineData("Talentbewertung"), InlineData("Potenzialeinschätzung"), InlineData("Leistungsstufe")]
    [InlineData("évaluation"), InlineData("Note annuelle"), InlineData("desempeño"), InlineData("Rendimiento"), InlineData("Performance 2024"), InlineData("talent category"), InlineData("PerfScore")]
    [InlineData("Kinderzahl"), InlineData("number of children"), InlineData("Staatsang."), InlineData("Konf."), InlineData("Rel."), InlineData("race code"), InlineData("Union member")]
    [InlineData("medical condition"), InlineData("country of origin"), InlineData("Schwerb."), InlineData("GdB"), InlineData("Migrationshintergrund"), InlineData("Political views")]
    [InlineData("homme/femme"), InlineData("Hombre/Mujer"), InlineData("Mann/Frau"), InlineData("Frau"), InlineData("Femme"), InlineData("Mujer"), InlineData("woman"), InlineData("Man/Woman")]
    [InlineData("M/H"), InlineData("Mme/M."), InlineData("Mlle"), InlineData("Mme"), InlineData("frau_kz"), InlineData("Herr")]
    [InlineData("DDN"), InlineData("bdate"), InlineData("b_date"), InlineData("cumpleaños"), InlineData("rango etario"), InlineData("Alterskategorie"), InlineData("Geb.-Jg."), InlineData("Rentenalter")]
    [InlineData("situation de famille"), InlineData("situación familiar"), InlineData("Familienstatus"), InlineData("Zivilstand"), InlineData("Personenstand"), InlineData("Personenstand seit")]
    [InlineData("soltero"), InlineData("casado"), InlineData("ledig"), InlineData("célibataire"), InlineData("Marié(e)"), InlineData("Mariée"), InlineData("Divorcé(e)"), InlineData("verwitwet")]
    [InlineData("enceinte"), InlineData("embarazada"), InlineData("Mutterschutz"), InlineData("minusvalía"), InlineData("RQTH"), InlineData("maladie"), InlineData("arrêt maladie"), InlineData("enfermedad")]
    [InlineData("Krankenstand"), InlineData("national origin"), InlineData("NationalOrigin_cd"), InlineData("origen"), InlineData("origine"), InlineData("couleur de peau"), InlineData("color de piel")]
    [InlineData("Staatszugehörigkeit"), InlineData("Glaubensbekenntnis"), InlineData("partido político"), InlineData("Parteizugehörigkeit"), InlineData("syndiqué"), InlineData("Syndiqué(e)")]
    [InlineData("haut potentiel"), InlineData("alto potencial"), InlineData("Hochpotenzial"), InlineData("High Performer"), InlineData("Leistungsrating"), InlineData("Leistungseinstufung")]
    [InlineData("calificación de desempeño"), InlineData("appréciation"), InlineData("valoración"), InlineData("valoración 2024"), InlineData("Performance Rank"), InlineData("Talent Grid")]
    public void A_name_that_means_one_is_known(string column) => Assert.True(ProtectedColumns.Contains(column));

    [Theory]
    [InlineData("externalId"), InlineData("givenName"), InlineData("familyName"), InlineData("email"), InlineData("title"), InlineData("unitPath")]
    [InlineData("managerExternalId"), InlineData("stage"), InlineData("location"), InlineData("timeZone"), InlineData("languages"), InlineData("leftOn")]
    [InlineData("kind"), InlineData("topic"), InlineData("level"), InlineData("priority"), InlineData("evidence"), InlineData("Language"), InlineData("Manager")]
    [InlineData("Percentage"), InlineData("Message"), InlineData("department"), InlineData("essex office"), InlineData("grade"), InlineData("Village"), InlineData("phone"), InlineData("identifier")]
    [InlineData("NE Region"), InlineData("Colour code"), InlineData("Medical Department"), InlineData("Union Square office"), InlineData("Performance Unit"), InlineData("Party ID")]
    [InlineData("Race track"), InlineData("Trans-Pacific"), InlineData("Gen Manager"), InlineData("Gebiet"), InlineData("Gebäude"), InlineData("Connaissances"), InlineData("Migration team")]
    [InlineData("Herkunftssystem"), InlineData("Talent Acquisition Partner"), InlineData("Image"), InlineData("HomePage"), InlineData("Average"), InlineData("Need"), InlineData("Storage code")]
    [InlineData("Agency"), InlineData("Agenda 2030"), InlineData("Verwalter"), InlineData("Schalter"), InlineData("address1"), InlineData("Children's Services"), InlineData("level 2"), InlineData("")]
    [InlineData("Secretario"), InlineData("Propietario"), InlineData("Fraunhofer"), InlineData("Mannheim"), InlineData("Thomas-Mann-Straße"), InlineData("Women's network"), InlineData("Man. ID")]
    [InlineData("Sainte-Marie site"), InlineData("Enceinte du site"), InlineData("Origine du dossier"), InlineData("Origen de datos"), InlineData("International Origination"), InlineData("Minus value")]
    [InlineData("High Performance Computing"), InlineData("Leistungseinstellung"), InlineData("Valoración de puestos"), InlineData("Rank"), InlineData("Calificación"), InlineData("Erledigt am")]
    [InlineData("Zivilstandsamt"), InlineData("Assurance maladie, équipe"), InlineData("Krankenhaus"), InlineData("Partido judicial"), InlineData("Jobdate"), InlineData("Herrenberg"), InlineData("Kaufmann")]
    public void An_ordinary_name_is_left_alone(string column) => Assert.False(ProtectedColumns.Contains(column));
}
