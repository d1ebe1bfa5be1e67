import django.db.models.deletion
from django.db import migrations, models

# The seats that were loaded before a seat knew in whose files it stands.
DECLARED = """
update organisations_seat set county_id = coalesce(body.county_id, county.id)
from organisations_body body left join organisations_county county on county.region_id = body.id
where body.id = organisations_seat.body_id and body.declared
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SeatVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_until', models.DateField(verbose_name='gällde till')),
                ('description', models.JSONField(verbose_name='beskrivning')),
            ],
            options={
                'verbose_name': 'tidigare beskrivning av plats',
                'verbose_name_plural': 'tidigare beskrivningar av platser',
                'ordering': ['seat', 'valid_until', 'id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='seat',
            name='seat_once',
        ),
        migrations.AddField(
            model_name='seat',
            name='county',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='declared_seats', to='organisations.county', verbose_name='län'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('body', 'function', 'title', 'county'), name='seat_once', nulls_distinct=False),
        ),
        migrations.AddField(
            model_name='seatversion',
            name='seat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='organisations.seat', verbose_name='plats'),
        ),
        migrations.RunSQL(DECLARED, migrations.RunSQL.noop),
    ]
