"""The dynamic addresses: search and the editor.

Readers' addresses are files; they are named here so that the editor can link.
"""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from cryptonewshub.delivery.readiness import ready
from cryptonewshub.delivery.searching import search

urlpatterns = [
    path("readyz", ready),
    path("search/", search),
    path("comments/", include("cryptonewshub.delivery.letterbox.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("", include(wagtail_urls)),
]
