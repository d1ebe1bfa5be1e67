"""What an operator may set in the environment: each name with one sentence. docs/settings.md is written from this; a test compares the names with the code."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """A name and what it is for, in Swedish. `default` is given where the code's own default is not a plain value."""

    name: str
    sentence: str
    default: str = ""


@dataclass(frozen=True)
class Section:
    """Variables that belong together, under a Swedish heading."""

    title: str
    variables: tuple[Variable, ...]


SECTIONS = (
    Section(
        "Adress och webbserver",
        (
            Variable("PORT", "Porten som webbservern lyssnar på."),
            Variable("BIND", "Nätverksadressen som webbservern lyssnar på; 0.0.0.0 är alla."),
            Variable("SITE_ADDRESS", "Adressen som användarna når tjänsten på; den står i e-post.", default="http://localhost:PORT"),
            Variable("ALLOWED_HOSTS", "De värdnamn som tjänsten svarar på, med komma emellan."),
            Variable(
                "CSRF_TRUSTED_ORIGINS",
                "Adresser, med https:// och med komma emellan, som formulär får komma från när en proxy ändrar värdnamnet.",
            ),
            Variable("HTTPS", "Sätt till ja när tjänsten nås med https: då krävs https och kakor skickas bara krypterat."),
            Variable("BEHIND_PROXY", "Sätt till ja när en proxy framför tjänsten sköter https och anger X-Forwarded-Proto."),
            Variable("WEB_WORKERS", "Antal processer i webbservern."),
            Variable("WEB_THREADS", "Antal trådar i varje process."),
            Variable("WEB_SECONDS", "Så länge får en begäran ta innan processen startas om, i sekunder."),
            Variable("WEB_REQUESTS", "Efter så många begäranden byts en process mot en ny."),
        ),
    ),
    Section(
        "Databas och filer",
        (
            Variable(
                "DATABASE_URL",
                "PostgreSQL 15 eller nyare, postgresql://användare:lösenord@värd:port/namn; utan den används den inbyggda servern.",
            ),
            Variable("DATABASE_CONNECTION_SECONDS", "Så länge hålls en anslutning till databasen öppen för nästa begäran, i sekunder."),
            Variable(
                "DATABASE_PREPARE_AFTER",
                "Så många gånger ställs en fråga i en anslutning innan databasen sparar den färdigtolkad; 0 är aldrig, "
                "för en anslutningspool som byter server mitt i en anslutning.",
            ),
            Variable(
                "STYRKEDJA_VAR",
                "Mappen där programmet lägger den inbyggda databasen, gränssnittets filer och sin nyckel.",
                default="var i projektets mapp",
            ),
            Variable(
                "INDICATOR_STORE",
                "Mappen där indikatorernas data och celler läggs. Webbservern läser den när siffror visas efter en annan dags organisation.",
                default="indicators i STYRKEDJA_VAR",
            ),
            Variable("STYRKEDJA_DOCS", "Mappen med handboken och dess bilder.", default="docs i projektets mapp"),
            Variable("STYRKEDJA_DEFINITIONS", "Mappen med län, nationella uppgifter och rutiner.", default="definitions i projektets mapp"),
        ),
    ),
    Section(
        "Säkerhet och inloggning",
        (
            Variable(
                "SECRET_KEY",
                "Nyckeln som skyddar sessioner; byts den loggas alla ut.",
                default="slumpas första gången och sparas i STYRKEDJA_VAR",
            ),
            Variable("SESSION_SECONDS", "Så länge varar en inloggning, i sekunder."),
            Variable("PASSWORD_LENGTH", "Minsta längd på ett lösenord."),
            Variable("LOGIN_ATTEMPTS", "Efter så många felaktiga lösenord spärras kontot från den adressen."),
            Variable("LOGIN_LOCKOUT_HOURS", "Så länge varar spärren, i timmar."),
        ),
    ),
    Section(
        "Tillgänglighetsredogörelsen",
        (
            Variable("SERVICE_OWNER", "Organisationen som tillhandahåller tjänsten och svarar för att den är tillgänglig."),
            Variable("ACCESSIBILITY_EMAIL", "E-postadressen dit användare anmäler brister i tillgängligheten."),
        ),
    ),
    Section(
        "E-post",
        (
            Variable(
                "EMAIL_BACKEND",
                "Djangos modul för utskick; standard skriver meddelandena i loggen. För riktig e-post: django.core.mail.backends.smtp.EmailBackend.",
            ),
            Variable("EMAIL_HOST", "E-postserverns värdnamn."),
            Variable("EMAIL_PORT", "E-postserverns port."),
            Variable("EMAIL_TLS", "Sätt till ja för krypterad anslutning (STARTTLS)."),
            Variable("EMAIL_USER", "Användarnamn hos e-postservern, om den kräver ett."),
            Variable("EMAIL_PASSWORD", "Lösenord hos e-postservern."),
            Variable("EMAIL_FROM", "Avsändaren som mottagarna ser."),
            Variable("EMAIL_SECONDS", "Så länge väntar programmet på e-postservern, i sekunder."),
            Variable("NOTICE_MAIL_MINUTES", "Kortaste tid mellan två meddelanden till samma person, i minuter."),
        ),
    ),
    Section(
        "Ledtider och aviseringar",
        (
            Variable(
                "REMIND_WORKING_DAYS_BEFORE", "Påminnelse så många arbetsdagar före slutdatum, för steg som länets ledtider inte nämner."
            ),
            Variable(
                "ESCALATE_WORKING_DAYS_AFTER",
                "Förseningen lyfts så många arbetsdagar efter slutdatum, för steg som länets ledtider inte nämner.",
            ),
            Variable("NOTICE_DAYS", "Så många dagar sparas lästa aviseringar."),
            Variable("DUTIES_AHEAD_DAYS", "Så många dagar i förväg visar startsidan vad styrkedjan väntar sig av en funktion."),
            Variable("SENT_FORM_DAYS", "Så många dagar känns ett formulär igen som skickas två gånger."),
        ),
    ),
    Section(
        "Gränser",
        (
            Variable("ADOPTION_DAYS_BEFORE", "Ett dokument kan ha antagits högst så många dagar före sin första dag."),
            Variable("MAX_UPLOAD_BYTES", "Största fil som får läggas in, i byte."),
            Variable("DOCUMENT_FORMATS", "De filformat som får läggas in i ett ärende, som filändelser med komma emellan."),
            Variable("UNATTACHED_FILE_DAYS", "Efter så många dagar tas en fil bort som har lagts in men aldrig hört till något."),
            Variable(
                "MAX_UNPACKED_BYTES",
                "Så mycket får en Word- eller Excelfil innehålla när den packas upp, i byte; text får vara en femtedel.",
            ),
            Variable("MAX_DOCUMENT_PAGES", "Flest sidor i en pdf som läses."),
            Variable("MAX_DOCUMENT_CHARACTERS", "Längsta text i ett dokument som läses, i tecken."),
            Variable("MAX_FACT_BYTES", "Största fil med faktadata som läses in, i byte."),
            Variable("MAX_FORM_BYTES", "Största formulär utom filer, i byte."),
            Variable("MAX_FORM_FIELDS", "Flest fält i ett formulär som skickas."),
            Variable("MAX_TABLE_ROWS", "Flest rader i en tabell i ett steg."),
            Variable("SEARCHED_CHOICES", "Listor med fler kryssrutor än så får ett sökfält, och det som är valt står först."),
            Variable("PAGE_SIZE", "Antal rader på en sida i listor."),
            Variable("MAX_LISTED_CASES", "Så långt räknas och bläddras i ärendelistan."),
            Variable("MAX_FOUND_CASES", "Flest träffar som visas när man söker en text i ärendelistan."),
            Variable("DISCLOSURE_THRESHOLD", "Färre personer eller händelser än så visas inte för den som saknar åtkomst till siffrorna."),
            Variable("MAX_SHEET_ROWS", "Flest rader i ett blad som läses in."),
            Variable("MAX_DISCLOSURE_CELLS", "Flest celler i en tabell som röjandekontrolleras, summorna medräknade."),
            Variable("MAX_SHEET_COLUMNS", "Flest kolumner i ett blad som läses in."),
            Variable("MAX_ROUTINE_BYTES", "Största rutinfil, i byte."),
            Variable("MAX_ROUTINE_NODES", "Flest steg, vägval och händelser i en rutin."),
            Variable("MAX_ROUTINE_STATES", "Flest tillstånd som kontrollen av en rutin går igenom innan den ger upp."),
        ),
    ),
    Section(
        "Färdiga värden",
        (
            Variable("KOLADA_ADDRESS", "Adressen till Koladas API, version 3."),
            Variable("VIS_ADDRESS", "Adressen till Vården i siffrors API."),
            Variable("FETCH_SECONDS", "Så länge väntar programmet på svar när värden hämtas, i sekunder."),
        ),
    ),
    Section(
        "Jobb och logg",
        (
            Variable("WORKER_JOBS", "Antal jobb som körs samtidigt."),
            Variable("WORKER_SILENT_SECONDS", "Så länge får en jobbprocess vara tyst innan dess jobb tas över, i sekunder."),
            Variable("FAILED_JOB_DAYS", "Så många dagar sparas misslyckade jobb."),
            Variable("LOG_LEVEL", "Vad som skrivs i loggen: DEBUG, INFO, WARNING eller ERROR.", default="INFO, för biblioteken WARNING"),
        ),
    ),
    Section(
        "Demonstration",
        (
            Variable("DEMO", "Sätt till nej för att starta utan demonstrationens konton och ärenden."),
            Variable(
                "DEMO_FIGURES", "Sätt till nej för att starta utan demonstrationens genererade siffror. De tar någon minut i bakgrunden."
            ),
            Variable(
                "DEMO_PASSWORD", "Demonstrationskontonas gemensamma lösenord.", default="slumpas första gången och sparas i STYRKEDJA_VAR"
            ),
        ),
    ),
    Section(
        "Utveckling och test",
        (
            Variable("DEBUG", "Visar felsökningssidor med programmets inre. Sätt aldrig i drift."),
            Variable("TEST_DATABASE_NAME", "Databasen som testerna gör och tar bort.", default="test_ följt av databasens namn"),
            Variable("TEST_DATABASE_TEMPLATE", "Färdig databas som testernas kopieras från i stället för att byggas upp."),
            Variable(
                "CHROMIUM",
                "Webbläsaren som testerna kör.",
                default="/usr/bin/chromium-headless-shell om den finns, annars /usr/bin/chromium",
            ),
            Variable("STYRKEDJA_PICTURES", "Sätt till 1 för att testerna ska göra om bilderna i docs/bilder."),
        ),
    ),
)
