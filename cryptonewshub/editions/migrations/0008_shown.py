# What readers see of the editions that are there is written down once; from now on `note_shown` does it.

import django.db.models.deletion
from django.db import migrations, models

_SHOWN = """UPDATE editions_edition SET is_shown = (withdrawn_by_id IS NULL AND EXISTS (SELECT 1 FROM editions_logentry entry
WHERE entry.edition_id = editions_edition.id AND entry.kind = 'version' AND entry."index" IS NOT NULL))"""
_NEWEST = """UPDATE editions_edition SET is_newest = (is_shown AND NOT EXISTS (SELECT 1 FROM editions_edition later
WHERE later.article_id = editions_edition.article_id AND later.is_shown AND later.version > editions_edition.version))"""
_LISTED = """UPDATE %s SET
published = (SELECT published FROM editions_edition edition WHERE edition.id = edition_id),
article_id = (SELECT article_id FROM editions_edition edition WHERE edition.id = edition_id),
is_newest = (SELECT is_newest FROM editions_edition edition WHERE edition.id = edition_id)"""
_LISTS = ("editions_editionauthor", "editions_editionspeaker", "editions_editiontopic")


def write_down(apps, schema_editor):
    for sql in (_SHOWN, _NEWEST, *(_LISTED % table for table in _LISTS)):
        schema_editor.execute(sql)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0001_initial'),
        ('editions', '0007_related'),
    ]

    operations = [
        migrations.AddField('edition', 'is_newest', models.BooleanField(default=False, editable=False)),
        migrations.AddField('editionauthor', 'is_newest', models.BooleanField(default=False, editable=False)),
        migrations.AddField('editionspeaker', 'is_newest', models.BooleanField(default=False, editable=False)),
        migrations.AddField('editiontopic', 'is_newest', models.BooleanField(default=False, editable=False)),
        migrations.AddField('edition', 'is_shown', models.BooleanField(default=False, editable=False)),
        migrations.AddField('editionauthor', 'article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.articlepage')),
        migrations.AddField('editionauthor', 'published', models.DateTimeField(null=True)),
        migrations.AddField('editionspeaker', 'article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.articlepage')),
        migrations.AddField('editionspeaker', 'published', models.DateTimeField(null=True)),
        migrations.AddField('editiontopic', 'article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.articlepage')),
        migrations.AddField('editiontopic', 'published', models.DateTimeField(null=True)),
        migrations.RunPython(write_down, migrations.RunPython.noop),
    ]
