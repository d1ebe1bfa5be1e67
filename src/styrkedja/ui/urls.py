from django.urls import path

from styrkedja.ui import views

app_name = "ui"
urlpatterns = [
    path("tema/", views.set_appearance, name="appearance"),
    path("handbok/", views.handbook, name="handbook"),
    path("handbok/bilder/<str:name>", views.handbook_picture, name="handbook_picture"),
    path("handbok/<slug:name>/", views.handbook_chapter, name="handbook_chapter"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
]
