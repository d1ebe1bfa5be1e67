"""What the job worker does with cases, as workflows.tasks does with their steps."""

from procrastinate.contrib.django import app

from styrkedja.cases.services import files
from styrkedja.ui.clock import now
from styrkedja.workflows.tasks import alone


@app.periodic(cron="45 1 * * *")
@app.task(**alone("sweep_files"))
def sweep_files(timestamp: int) -> None:
    """Files that nobody attached to anything."""
    files.sweep_files(at=now())
