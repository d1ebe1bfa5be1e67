"""Every address of the program. Paths are Swedish words without diacritics."""

from django.urls import include, path

from styrkedja.home.views.bodies import body
from styrkedja.home.views.groups import close_group
from styrkedja.organisations.urls import urlpatterns as structure

# A body's page shows what every floor knows of it, so its view stands at the top; its address is the structure's all the same.
organisation = [
    *structure,
    path("<slug:key>/", body, name="body"),
    path("<slug:key>/avsluta/", close_group, name="close_group"),
]

urlpatterns = [
    path("konto/", include("styrkedja.accounts.urls")),
    path("konto/", include("styrkedja.accounts.urls.sign_in")),
    path("", include("styrkedja.ui.urls")),
    path("", include("styrkedja.cases.urls")),
    path("uppgifter/", include("styrkedja.procedures.urls")),
    path("", include("styrkedja.workflows.urls")),
    path("organisation/", include((organisation, "organisations"))),
    path("styrning/", include("styrkedja.chain.urls")),
    path("indikatorer/", include("styrkedja.indicators.urls")),
    path("granskningar/", include("styrkedja.audits.urls")),
    path("kontroll/", include("styrkedja.controls.urls")),
    path("", include("styrkedja.home.urls")),
]

handler400 = "styrkedja.ui.views.bad_request"
handler403 = "styrkedja.ui.views.permission_denied"
handler404 = "styrkedja.ui.views.not_found"
handler500 = "styrkedja.ui.views.server_error"
