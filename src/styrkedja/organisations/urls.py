"""The pages of the structure. A body's own page stands on a higher floor (config.urls says why)."""

from django.urls import path

from styrkedja.organisations import views

urlpatterns = [
    path("", views.tree, name="tree"),
    path("uppfoljning/", views.follow_up, name="follow_up"),
    path("uppfoljning.csv", views.follow_up_file, name="follow_up_file"),
    path("plats/<int:seat_id>/utse/", views.appoint, name="appoint"),
    path("innehav/<int:membership_id>/avsluta/", views.end_membership, name="end_membership"),
]
