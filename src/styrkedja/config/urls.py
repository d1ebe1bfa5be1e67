"""Every address of the program. Paths are Swedish words without diacritics."""

from django.urls import include, path

urlpatterns = [
    path("konto/", include("styrkedja.accounts.urls")),
    path("konto/", include("styrkedja.accounts.urls.sign_in")),
    path("", include("styrkedja.ui.urls")),
    path("", include("styrkedja.cases.urls")),
    path("uppgifter/", include("styrkedja.procedures.urls")),
    path("aviseringar/", include("styrkedja.workflows.urls")),
    path("", include("styrkedja.home.urls")),
]

handler400 = "styrkedja.ui.views.bad_request"
handler403 = "styrkedja.ui.views.permission_denied"
handler404 = "styrkedja.ui.views.not_found"
handler500 = "styrkedja.ui.views.server_error"
