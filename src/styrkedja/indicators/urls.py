"""Addresses of the indicators' pages. What a page shows stands in its address, so that any view can be shared."""

from django.urls import path

from styrkedja.indicators.views import analysis, comments, files, lists, pages

app_name = "indicators"
urlpatterns = [
    path("", lists.indicators, name="indicators"),
    path("analys/", analysis.analyse, name="analysis"),
    path("analys/hamta/", analysis.analysis_file, name="analysis_file"),
    path("<slug:key>/", pages.indicator, name="indicator"),
    path("<slug:key>/hamta/", files.values_file, name="values_file"),
    path("<slug:key>/kommentera/", comments.comment, name="comment"),
]
