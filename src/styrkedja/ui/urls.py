from django.urls import path

from styrkedja.ui import views

app_name = "ui"
urlpatterns = [
    path("tema/", views.set_appearance, name="appearance"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
]
