import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0001_initial'),
        ('steering', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='action',
            name='indicators',
            field=models.ManyToManyField(blank=True, related_name='actions', to='indicators.indicator', verbose_name='indikatorer'),
        ),
        migrations.AddField(
            model_name='forum',
            name='indicators',
            field=models.ManyToManyField(blank=True, related_name='forums', to='indicators.indicator', verbose_name='följer indikatorer'),
        ),
        migrations.AddField(
            model_name='goalindicator',
            name='indicator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goal_indicators', to='indicators.indicator', verbose_name='indikator'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='indicator',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='indicators.indicator', verbose_name='indikator'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='target_value',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='målvärde'),
        ),
        migrations.AddConstraint(
            model_name='goalindicator',
            constraint=models.UniqueConstraint(fields=('goal', 'indicator'), name='goal_indicator_once'),
        ),
    ]
