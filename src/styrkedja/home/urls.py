from django.urls import path

from styrkedja.home.views import case, cases, inbox, opening, statistics, substitutes

app_name = "home"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("ersattare/", substitutes.substitutes, name="substitutes"),
    path("ersattare/<int:substitution_id>/avsluta/", substitutes.end, name="end_substitution"),
    path("arenden/", cases.cases, name="cases"),
    path("arenden/nytt/", opening.open_case, name="open_case"),
    path("arenden/<str:number>/", case.case, name="case"),
    path("arenden/<str:number>/avskriv/", case.close, name="close_case"),
    path("statistik/", statistics.statistics, name="statistics"),
    path("statistik/<slug:table>.csv", statistics.statistics_file, name="statistics_file"),
]
