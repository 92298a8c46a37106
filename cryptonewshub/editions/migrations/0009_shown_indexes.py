# Apart from the migration before, since PostgreSQL alters no table in the transaction that has changed its rows.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('editions', '0008_shown'),
    ]

    operations = [
        migrations.AlterField('editionauthor', 'article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.articlepage')),
        migrations.AlterField('editionauthor', 'published', models.DateTimeField()),
        migrations.AlterField('editionspeaker', 'article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.articlepage')),
        migrations.AlterField('editionspeaker', 'published', models.DateTimeField()),
        migrations.AlterField('editiontopic', 'article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.articlepage')),
        migrations.AlterField('editiontopic', 'published', models.DateTimeField()),
        migrations.AddIndex('edition', models.Index(fields=['published', 'article'], condition=models.Q(('is_newest', True)), name='newest_by_time')),
        migrations.AddIndex('edition', models.Index(fields=['section', 'published', 'article'], condition=models.Q(('is_newest', True)), name='newest_of_section')),
        migrations.AddIndex('edition', models.Index(fields=['told'], condition=models.Q(('is_shown', True), ('told__isnull', False)), name='shown_and_told')),
        migrations.AddIndex('edition', models.Index(fields=['published'], condition=models.Q(('version', 1)), name='first_by_time')),
        migrations.AddIndex('editionauthor', models.Index(fields=['slug', 'published', 'article'], condition=models.Q(('is_newest', True)), name='newest_of_author')),
        migrations.AddIndex('editionspeaker', models.Index(fields=['name', 'published', 'article'], condition=models.Q(('is_newest', True)), name='newest_of_speaker')),
        migrations.AddIndex('editiontopic', models.Index(fields=['slug', 'published', 'article'], condition=models.Q(('is_newest', True)), name='newest_of_topic')),
    ]
