from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.text import slugify


def name_slugs(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    taken: set[str] = set()
    for person in apps.get_model("people", "NewsPerson").objects.order_by("pk"):
        slug = name = slugify(person.name) or "person"
        while slug in taken:
            slug = f"{name}-{person.pk}"
        taken.add(slug)
        person.slug = slug
        person.save(update_fields=["slug"])


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_staff_pages'),
    ]

    operations = [
        migrations.AddField(
            model_name='newsperson',
            name='description',
            field=models.CharField(blank=True, help_text='Who this is, in a sentence for readers.', max_length=255),
        ),
        migrations.AddField(
            model_name='newsperson',
            name='slug',
            field=models.SlugField(max_length=120, null=True, db_index=False),
        ),
        migrations.RunPython(name_slugs, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='newsperson',
            name='slug',
            field=models.SlugField(blank=True, help_text="The last part of the address of this person's page; made from the name where it is empty.", max_length=120, unique=True),
        ),
    ]
