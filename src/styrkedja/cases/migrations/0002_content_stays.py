"""A stored file is never changed: a new version is a new file."""

from django.db import migrations

FORWARDS = """
create trigger content_stays before update on cases_filecontent
    for each statement execute function refuse_change('Filernas innehåll');
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("ledger", "0002_chain")]
    operations = [migrations.RunSQL(FORWARDS, "drop trigger content_stays on cases_filecontent;")]
