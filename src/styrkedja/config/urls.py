"""Every address of the program. Paths are Swedish words without diacritics."""

from django.urls import include, path

urlpatterns = [
    path("konto/", include("allauth.urls")),
    path("", include("styrkedja.home.urls")),
]
