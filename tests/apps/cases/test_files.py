import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from styrkedja.accounts.models import User
from styrkedja.cases.models import FileContent, StoredFile
from styrkedja.cases.selectors import content_of, file_by_uuid, file_for
from styrkedja.cases.services import register_document, store_file
from styrkedja.cases.services.files import sweep_files
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.models import LedgerEntry
from styrkedja.ledger.presenters import entry_line
from styrkedja.organisations.models import County
from tests.factories.accounts import make_user
from tests.factories.cases import AT, make_case, make_file
from tests.factories.counties import make_county, make_holder

Flush = Callable[[], list[LedgerEntry]]
ON = date(2026, 9, 16)
CONTENT = b"%PDF-1.7\x00\xff stroke"


def test_a_file_is_kept_byte_by_byte(registrar: User, at: datetime, flush_ledger: Flush) -> None:
    upload = SimpleUploadedFile("C:\\mapp\\Remiss?.pdf", CONTENT, content_type="text/html")
    file = store_file(actor=registrar, upload=upload, at=at)
    assert (file.name, file.media_type, file.size, file.instance) == ("Remiss_.pdf", "application/pdf", len(CONTENT), None)
    assert (file.stored_at, file.stored_by) == (at, registrar)
    assert content_of(file_by_uuid(str(file.uuid))) == CONTENT
    assert file.sha256 == hashlib.sha256(CONTENT).hexdigest()
    [entry] = [entry_line(entry) for entry in flush_ledger()]
    assert (entry.act, entry.object_type, entry.object_id) == ("Filen sparades", "file", str(file.uuid))
    assert entry.details == {"name": "Remiss_.pdf", "size": len(CONTENT), "media_type": "application/pdf", "sha256": file.sha256}


def test_an_empty_file_is_refused(registrar: User, at: datetime, flush_ledger: Flush) -> None:
    with pytest.raises(Refused) as refused:
        store_file(actor=registrar, upload=ContentFile(b"", name="Tom.pdf"), at=at)
    assert refused.value.reason == "Filen Tom.pdf är tom. Kontrollera att det är rätt fil och välj den igen."
    assert (StoredFile.objects.count(), flush_ledger()) == (0, [])


def test_a_file_of_the_largest_size_is_kept_and_one_byte_more_is_refused(registrar: User, at: datetime, settings) -> None:
    settings.MAX_UPLOAD_BYTES = 100_000
    assert store_file(actor=registrar, upload=ContentFile(b"a" * 100_000, name="Precis.txt"), at=at).size == 100_000
    with pytest.raises(Refused) as refused:
        store_file(actor=registrar, upload=ContentFile(b"a" * 100_001, name="Stor.txt"), at=at)
    assert refused.value.reason == "Filen Stor.txt är för stor. Den får vara högst 98 kB."
    assert StoredFile.objects.count() == 1


def test_reading_stops_at_the_limit_whatever_the_sender_says(registrar: User, at: datetime, settings) -> None:
    settings.MAX_UPLOAD_BYTES = 10

    class Endless:
        name, size = "Liten.txt", 1

        def chunks(self):
            while True:
                yield b"12345678"

    with pytest.raises(Refused, match="för stor"):
        store_file(actor=registrar, upload=Endless(), at=at)


@pytest.mark.parametrize(
    ("name", "content"), [("evil.exe", b"MZ\x90"), ("evil.pdf", b"MZ\x90"), ("Remiss", b"%PDF-1.7"), ("a.html", b"<p>")]
)
def test_a_file_that_is_no_document_is_refused(name: str, content: bytes, registrar: User, at: datetime, flush_ledger: Flush) -> None:
    with pytest.raises(Refused) as refused:
        store_file(actor=registrar, upload=ContentFile(content, name=name), at=at)
    assert refused.value.reason.startswith(f"Filen {name} kan inte tas emot. Den ska vara, och innehålla, något av formaten pdf, docx,")
    assert (StoredFile.objects.count(), flush_ledger()) == (0, [])


def test_who_holds_no_seat_leaves_no_file(county: County, at: datetime) -> None:
    for actor in (make_user("ingen"), make_user("stangd", active=False)):
        with pytest.raises(Refused, match="Du kan bara lämna filer i ärenden som du har tillgång till"):
            make_file(actor)
    assert StoredFile.objects.count() == 0


def test_a_file_for_a_case_is_left_by_those_who_may_read_it(county: County, registrar: User, chair: User, at: datetime) -> None:
    instance = make_case(registrar, county).instance
    neighbour = make_holder(make_county("grannlan", name="Grannlän"), "lpo", "CHAIR")
    file = store_file(actor=chair, upload=ContentFile(b"text", name="a.txt"), at=at, instance=instance)
    assert file.instance == instance
    with pytest.raises(Refused, match="Du kan bara lämna filer"):
        store_file(actor=neighbour, upload=ContentFile(b"text", name="b.txt"), at=at, instance=instance)
    assert StoredFile.objects.count() == 1


def test_a_file_is_read_by_its_sender_and_then_by_those_who_read_the_case(
    county: County, registrar: User, chair: User, at: datetime
) -> None:
    neighbour = make_holder(make_county("grannlan", name="Grannlän"), "lpo", "CHAIR")
    administrator = make_user("forvaltare", administrator=True)
    file = make_file(registrar)
    everybody = (registrar, chair, neighbour, administrator)
    assert [file_for(user, file.uuid, on=ON) for user in everybody] == [file, None, None, None]
    case = make_case(registrar, county)
    register_document(actor=registrar, case=case, direction="DRAWN_UP", dated_on=ON, title="Svar", counterpart="", file=file, at=at)
    assert [file_for(user, file.uuid, on=ON) for user in everybody] == [file, file, None, file]


def test_the_database_refuses_to_change_stored_bytes(registrar: User) -> None:
    file = make_file(registrar, content=CONTENT)
    with pytest.raises(IntegrityError, match="Filernas innehåll kan bara fyllas på"), transaction.atomic():
        FileContent.objects.update(content=b"annat")
    assert content_of(file) == CONTENT


def test_a_file_that_nothing_refers_to_is_swept_after_some_days(registrar: User, at: datetime, flush_ledger: Flush, settings) -> None:
    settings.UNATTACHED_FILE_DAYS = 7
    old, young = make_file(registrar, name="Gammal.pdf"), make_file(registrar, name="Ny.pdf", at=AT + timedelta(seconds=1))
    assert sweep_files(at=AT + timedelta(days=7)) == 0
    assert [sweep_files(at=AT + timedelta(days=7, seconds=1)) for _night in range(2)] == [1, 0]
    assert list(StoredFile.objects.all()) == [young]
    assert list(FileContent.objects.values_list("file", flat=True)) == [young.pk]
    entry = entry_line(flush_ledger()[-1])
    assert (entry.act, entry.object_id, entry.account) == ("Filen, som inte hörde till något, togs bort", str(old.uuid), None)
    assert entry.details == {"name": "Gammal.pdf", "size": old.size, "sha256": old.sha256, "stored_at": AT.isoformat()}


def test_a_file_that_belongs_to_something_is_never_swept(county: County, registrar: User, at: datetime) -> None:
    """One belongs to its case; another to a document though its case is not said, as what refers to files without a case does."""
    case = make_case(registrar, county)
    files = [make_file(registrar, name=name) for name in ("Arende.pdf", "Handling.pdf")]
    StoredFile.objects.filter(pk=files[0].pk).update(instance=case.instance)
    register_document(
        actor=registrar, case=case, direction="RECEIVED", dated_on=ON, title="Remiss", counterpart="SKR", file=files[1], at=at
    )
    StoredFile.objects.filter(pk=files[1].pk).update(instance=None)
    assert sweep_files(at=at + timedelta(days=400)) == 0
    assert (StoredFile.objects.count(), FileContent.objects.count()) == (2, 2)
