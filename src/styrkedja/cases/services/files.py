"""Files are stored in the database, in the transaction of what they belong to."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case, FileContent, StoredFile
from styrkedja.cases.selectors import may_upload
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.uploads import is_accepted, media_type, safe_name
from styrkedja.ledger.services import append
from styrkedja.ui.clock import day
from styrkedja.ui.wording import size_text
from styrkedja.workflows.models import ProcessInstance


class Upload(Protocol):
    """What a browser has sent, or a file that is read by the command line: Django's File."""

    name: str | None

    def chunks(self) -> Iterator[bytes]: ...


@transaction.atomic
def store_file(*, actor: User, upload: Upload, at: datetime, instance: ProcessInstance | None = None) -> StoredFile:
    """Keep the bytes of `upload`. Raises Refused if the file is empty, too large or of no format that is kept, or the actor takes no part in the case."""
    if not may_upload(actor, instance, on=day(at)):
        raise Refused(_("Du kan bara lämna filer i ärenden som du har tillgång till."))
    name = safe_name(upload.name or "")
    content = _read(upload, name)
    if not is_accepted(name, content, formats=settings.DOCUMENT_FORMATS):
        said = _("Filen %(name)s kan inte tas emot. Den ska vara, och innehålla, något av formaten %(formats)s.")
        raise Refused(said % {"name": name, "formats": ", ".join(settings.DOCUMENT_FORMATS)})
    stored = StoredFile.objects.create(
        sha256=hashlib.sha256(content).hexdigest(),
        name=name,
        media_type=media_type(name, content),
        size=len(content),
        uuid=uuid4(),
        instance=instance,
        stored_at=at,
        stored_by=actor,
    )
    FileContent.objects.create(file=stored, content=content)
    payload = {"name": name, "size": stored.size, "media_type": stored.media_type, "sha256": stored.sha256}
    append(actor=actor, act="file.stored", object_type="file", object_id=stored.uuid, payload=payload, at=at)
    return stored


def _read(upload: Upload, name: str) -> bytes:
    """The whole content. What the sender says of its size is not believed: reading stops at the limit."""
    limit, parts, size = settings.MAX_UPLOAD_BYTES, [], 0
    for part in upload.chunks():
        parts.append(part)
        size += len(part)
        if size > limit:
            raise Refused(_("Filen %(name)s är för stor. Den får vara högst %(limit)s.") % {"name": name, "limit": size_text(limit)})
    if not size:
        raise Refused(_("Filen %(name)s är tom. Kontrollera att det är rätt fil och välj den igen.") % {"name": name})
    return b"".join(parts)


def attach_file(*, actor: User, file: StoredFile, case: Case) -> None:
    """`file` belongs to `case` from now on. Part of a service that refers to the file: runs in its transaction and leaves the log to it.

    Raises Refused unless the file is the case's already, or the actor's own and of no case.
    """
    if file.instance_id == case.instance_id:
        return
    if not StoredFile.objects.filter(pk=file.pk, instance=None, stored_by=actor).update(instance=case.instance_id):
        raise Refused(_("Filen %(name)s hör inte till ärendet. Välj filen på nytt.") % {"name": file.name})
    file.instance_id = case.instance_id


def sweep_files(*, at: datetime) -> int:
    """Throws away the files that were left UNATTACHED_FILE_DAYS ago and never came to belong to anything; answers how many. Each in a transaction
    of its own."""
    before = at - timedelta(days=settings.UNATTACHED_FILE_DAYS)
    left = StoredFile.objects.filter(instance=None, stored_at__lt=before).order_by("pk").values_list("pk", flat=True)
    return sum(_sweep(file_id, at) for file_id in list(left))


def _sweep(file_id: int, at: datetime) -> bool:
    """False if the file belongs to something after all: a case since a moment, or what refers to files without a case."""
    try:
        with transaction.atomic():
            file = StoredFile.objects.select_for_update().filter(pk=file_id, instance=None).first()
            if file is None:
                return False
            FileContent.objects.filter(file=file).delete()
            file.delete()
            payload = {"name": file.name, "size": file.size, "sha256": file.sha256, "stored_at": file.stored_at.isoformat()}
            append(actor=None, act="file.swept", object_type="file", object_id=file.uuid, payload=payload, at=at)
    except ProtectedError:
        return False
    return True
