"""The table, as models.py has it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("guest", models.CharField(max_length=40)),
                ("text", models.CharField(max_length=400)),
                ("signed", models.DateTimeField()),
            ],
            options={"ordering": ("id",)},
        )
    ]
