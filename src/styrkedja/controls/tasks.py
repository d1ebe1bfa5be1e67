"""What the job worker does with the controls, every night before people come to work. The hours are UTC."""

from procrastinate.contrib.django import app

from styrkedja.controls.services import run_controls
from styrkedja.ui.clock import now
from styrkedja.workflows.tasks import alone


@app.periodic(cron="30 2 * * *")
@app.task(**alone("run_controls"))
def look_at_chains(timestamp: int) -> None:
    """Every chain as it stands this day. Done twice it changes nothing."""
    run_controls(actor=None, at=now())
