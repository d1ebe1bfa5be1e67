"""Addresses of the steering chain. They are the chain's, so their namespace is too; the pages stand up here because they show what every floor
below knows of it."""

from django.urls import path

from styrkedja.chain.views import lists, objects

app_name = "steering"
urlpatterns = [
    path("", lists.overview, name="overview"),
    path("mal/", lists.goals, name="goals"),
    path("atgarder/", lists.actions, name="actions"),
    path("dokument/", lists.documents, name="documents"),
    path("mandat/", lists.mandates, name="mandates"),
    path("<slug:kind>/<slug:key>/", objects.show, name="object"),
    path("<slug:kind>/<slug:key>/nedat/", objects.vertical, name="vertical"),
    path("<slug:kind>/<slug:key>/sida-vid-sida/", objects.horizontal, name="horizontal"),
]
