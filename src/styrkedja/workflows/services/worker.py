"""Jobs that a dead worker left behind. A job is at least once: every task must bear being done twice."""

import logging

from django.conf import settings
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

logger = logging.getLogger(__name__)


async def retry_stalled_jobs(*, manager: JobManager) -> int:
    """Queues again every job whose worker has been silent for WORKER_SILENT_SECONDS or is gone; answers how many jobs it took care of.

    Without it they stay "doing" for ever, and with them every job that waits for the same lock.
    """
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=settings.WORKER_SILENT_SECONDS))
    for job in stalled:
        logger.warning("job %s (%s) is queued again: its worker is silent or gone", job.id, job.task_name)
        await _queue_again(job, manager)
    return len(stalled)


async def _queue_again(job: Job, manager: JobManager) -> None:
    try:
        await manager.retry_job(job)
    except UniqueViolation:
        # A periodic task of which the next is waiting already: that one does the work, and this one must not hold its lock.
        await manager.finish_job(job, Status.ABORTED, delete_job=True)
