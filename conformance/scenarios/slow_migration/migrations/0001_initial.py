"""A table with one row."""

import time

from django.db import migrations, models

TAKES_SECONDS = 0.2


def fill(apps, editor):
    apps.get_model("slow_migration", "Parcel").objects.using(editor.connection.alias).create(word="first")
    time.sleep(TAKES_SECONDS)


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel("Parcel", [("id", models.AutoField(primary_key=True)), ("word", models.TextField())]),
        migrations.RunPython(fill),
    ]
