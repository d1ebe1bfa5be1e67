"""What the job worker does, and when. Each task is a door: it reads the clock and calls services. All of them may be run twice.

The hours are UTC. Tasks that were due while no worker ran are done when one starts, once each (PROCRASTINATE_PERIODIC_DEFAULTS).
"""

import logging

from django.conf import settings
from procrastinate.builtin_tasks import remove_old_jobs
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext

from styrkedja.accounts.services import prune_sessions
from styrkedja.ledger import selectors as ledger
from styrkedja.ledger.services import prune_sent_forms
from styrkedja.ui.clock import now
from styrkedja.workflows.services import deadlines, worker
from styrkedja.workflows.services.mailing import send_waiting_mail
from styrkedja.workflows.services.notices import SEND_MAIL, prune_notices
from styrkedja.workflows.services.self_check import check_running_instances

logger = logging.getLogger(__name__)


def alone(name: str) -> dict[str, str]:
    """Of that task one job runs at a time, and one more may wait."""
    return {"name": name, "lock": name, "queueing_lock": name}


@app.periodic(cron="*/10 * * * *")
@app.task(**alone("meet_deadlines"))
def meet_deadlines(timestamp: int) -> None:
    """Waits end, tasks of those who have left are freed, performers are reminded, lateness is told, watched steps come up."""
    at = now()
    deadlines.end_due_waits(at=at)
    deadlines.free_lapsed_claims(at=at)
    deadlines.remind_performers(at=at)
    deadlines.escalate_late_items(at=at)
    deadlines.bring_up_follow_ups(at=at)


@app.task(name=SEND_MAIL)
def send_mail() -> None:
    """The mail that a step has queued."""
    try:
        send_waiting_mail(at=now())
    except OSError as error:
        logger.error("Mail cannot be sent, and is tried again in a few minutes: %s", error)


@app.periodic(cron="*/5 * * * *")
@app.task(**alone("send_delayed_mail"))
def send_delayed_mail(timestamp: int) -> None:
    """The mail that had to wait because its reader had just had another, or because the mail server did not answer."""
    send_mail()


@app.periodic(cron="10 2 * * *")
@app.task(**alone("check_cases"))
def check_cases(timestamp: int) -> None:
    """Every running case against its history."""
    check_running_instances(at=now())


@app.periodic(cron="10 1 * * *")
@app.task(**alone("publish_ledger_head"))
def publish_ledger_head(timestamp: int) -> None:
    """Verifies the chain and writes its last link where the program cannot change it: in the log of the machine."""
    broken = ledger.verify()
    if broken is not None:
        logger.error("The ledger is broken at entry %s: %s", broken.sequence, broken.reason)
    head = ledger.head()
    if head is not None:
        logger.info("The head of the ledger is entry %s with hash %s", head.sequence, head.hash)


@app.periodic(cron="40 1 * * *")
@app.task(**alone("prune"))
def prune(timestamp: int) -> None:
    """Sessions that have ended, notices long settled, and that forms were sent long ago."""
    prune_sessions(at=now())
    prune_notices(at=now())
    prune_sent_forms(at=now())


@app.periodic(cron="50 1 * * *")
@app.task(**alone("prune_jobs"), pass_context=True)
async def prune_jobs(context: JobContext, timestamp: int) -> None:
    """Jobs that failed long ago; those that succeeded are gone already."""
    hours = settings.FAILED_JOB_DAYS * 24
    await remove_old_jobs(context, max_hours=hours, remove_failed=True, remove_cancelled=True, remove_aborted=True)


@app.periodic(cron="* * * * *")
@app.task(name="retry_stalled_jobs", queueing_lock="retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """No lock: the job that frees the locks of dead workers must not wait for one."""
    await worker.retry_stalled_jobs(manager=context.app.job_manager)
