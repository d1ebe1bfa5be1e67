from django.urls import path

from styrkedja.workflows import views

app_name = "workflows"
urlpatterns = [
    path("lasta/", views.mark_notices_read, name="mark_notices_read"),
]
