from django.urls import path

from styrkedja.controls.views import acting, lists

app_name = "controls"
urlpatterns = [
    path("", lists.findings, name="findings"),
    path("kedjan/", lists.gaps, name="gaps"),
    path("fragor/", lists.questions, name="questions"),
    path("installningar/<slug:county>/", acting.settings, name="settings"),
    path("<int:pk>/", lists.finding, name="finding"),
    path("<int:pk>/godta/", acting.accept, name="accept"),
    path("<int:pk>/aterta/", acting.withdraw, name="withdraw"),
]
