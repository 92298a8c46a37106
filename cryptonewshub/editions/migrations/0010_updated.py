# When a story was changed last stands in its content already; sitemaps read it from a column of its own.

import json
from datetime import datetime

from django.db import migrations, models


def write_down(apps, schema_editor):
    editions = apps.get_model("editions", "Edition").objects.using(schema_editor.connection.alias)
    changed = editions.filter(version__gt=1, withdrawn_by=None).values_list("pk", "content")
    for pk, content in changed.iterator(chunk_size=500):
        if updated := json.loads(bytes(content)).get("updated"):
            editions.filter(pk=pk).update(updated=datetime.fromisoformat(updated))


class Migration(migrations.Migration):

    dependencies = [
        ('editions', '0009_shown_indexes'),
    ]

    operations = [
        migrations.AddField('edition', 'updated', models.DateTimeField(null=True)),
        migrations.RunPython(write_down, migrations.RunPython.noop),
    ]
