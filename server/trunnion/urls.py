"""The addresses: the API, the pages of the clients, their files."""

from django.urls import path, re_path

from trunnion.http import pages, reports
from trunnion.http.addresses import branched
from trunnion.http.api import mount

handler400 = "trunnion.http.refusals.malformed"
handler403 = "trunnion.http.refusals.forbidden"
handler404 = "trunnion.http.refusals.missing"
handler500 = "trunnion.http.refusals.broken"
_routes, _application, _namespace = mount().urls
urlpatterns = [
    path("api/", (branched(_routes), _application, _namespace)),
    path("", pages.home),
    path("policy-report", reports.receive),
    re_path(r"^app(?:/.*)?$", pages.console),
    path("field/worker.js", pages.field_worker),
    re_path(r"^field(?:/.*)?$", pages.field),
    re_path(r"^(?:q|p)/.*$", pages.portal),
    re_path(r"^portal(?:/.*)?$", pages.portal),
    re_path(r"^static/(?P<path>.+)$", pages.static),
]
