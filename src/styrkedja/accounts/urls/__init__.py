"""Addresses below /konto/: one's own account. Those of the sign-in library stand in `sign_in`, under the names that it looks for."""

from django.urls import path

from styrkedja.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.my_account, name="me"),
    path("sprak/", views.set_language, name="language"),
]
