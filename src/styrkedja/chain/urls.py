"""Addresses of the steering chain. They are the chain's, so their namespace is too; the pages stand up here because they show what every floor
below knows of it."""

from django.urls import path

from styrkedja.chain.views import acting, decisions, editing, importing, lists, mandates, months, objects, planning

app_name = "steering"
urlpatterns = [
    path("", lists.overview, name="overview"),
    path("mal/", lists.goals, name="goals"),
    path("atgarder/", lists.actions, name="actions"),
    path("dokument/", lists.documents, name="documents"),
    path("mandat/", lists.mandates, name="mandates"),
    path("hemtagning/", months.month, name="month"),
    path("inlasning/", importing.read_in, name="import"),
    path("inlasning/mall/", importing.template, name="template"),
    path("inlasning/utskrift/", importing.write_out, name="export"),
    path("document/<slug:key>/nasta-ar/", planning.next_plan, name="next_plan"),
    path("mandat/nytt/", mandates.give, name="give_mandate"),
    path("mandat/beslut/nytt/", acting.decide, name="decide"),
    path("beslut/<slug:key>/", decisions.show, name="decision"),
    path("mandat/<slug:key>/", mandates.show, name="mandate"),
    path("mandat/<slug:key>/andra/", mandates.change, name="change_mandate"),
    path("mandat/<slug:key>/avsluta/", mandates.end, name="end_mandate"),
    path("milestone/<slug:key>/natt/", acting.reach, name="reach"),
    path("assignment/<slug:key>/aterrapport/", acting.report, name="report"),
    path("<slug:kind>/<slug:key>/anta/", acting.adopt, name="adopt"),
    path("<slug:kind>/<slug:key>/anta/aterta/", acting.withdraw, name="withdraw"),
    path("nytt/<slug:kind>/", editing.create, name="create"),
    path("<slug:kind>/<slug:key>/", objects.show, name="object"),
    path("<slug:kind>/<slug:key>/andra/", editing.edit, name="edit"),
    path("<slug:kind>/<slug:key>/nedat/", objects.vertical, name="vertical"),
    path("<slug:kind>/<slug:key>/sida-vid-sida/", objects.horizontal, name="horizontal"),
]
