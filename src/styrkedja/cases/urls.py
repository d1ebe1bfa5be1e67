from django.urls import path

from styrkedja.cases import views

app_name = "cases"
urlpatterns = [
    path("diarium/", views.registry, name="registry"),
    path("diarium/arende/<int:case_id>/", views.dossier, name="dossier"),
    path("diarium/arende/<int:case_id>/diariefor/", views.register, name="register"),
    path("diarium/arende/<int:case_id>/arendemening/", views.wording, name="wording"),
    path("diarium/arende/<int:case_id>/diarienummer/", views.number, name="number"),
    path("diarium/handling/<int:document_id>/", views.document, name="document"),
    path("diarium/fil/<uuid:uuid>/", views.file, name="file"),
]
