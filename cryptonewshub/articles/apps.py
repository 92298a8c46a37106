from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "cryptonewshub.articles"
    verbose_name = "Articles"
    default_auto_field = "django.db.models.BigAutoField"
