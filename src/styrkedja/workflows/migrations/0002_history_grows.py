"""The history of a case is its record: the database refuses to change it."""

from django.db import migrations

FORWARDS = """
create trigger history_grows before update or delete or truncate on workflows_historyevent
    for each statement execute function refuse_change('Ärendets historik');
revoke update, delete, truncate on workflows_historyevent from public;
"""


class Migration(migrations.Migration):
    dependencies = [("workflows", "0001_initial"), ("ledger", "0002_chain")]
    operations = [migrations.RunSQL(FORWARDS, "drop trigger history_grows on workflows_historyevent;")]
