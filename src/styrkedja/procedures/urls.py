from django.urls import path

from styrkedja.procedures.views import acts, planning, tasks

app_name = "procedures"
urlpatterns = [
    path("<int:item_id>/", tasks.task, name="task"),
    path("<int:item_id>/ta/", acts.claim, name="claim"),
    path("<int:item_id>/lamna/", acts.release, name="release"),
    path("<int:item_id>/utkast/", acts.draft, name="draft"),
    path("<int:item_id>/utkast/bort/", acts.drop_draft, name="drop_draft"),
    path("<int:item_id>/avsluta-vantan/", acts.end_wait, name="end_wait"),
    path("<int:item_id>/overlat/", planning.hand_over, name="hand_over"),
    path("<int:item_id>/datum/", planning.due, name="due"),
    path("<int:item_id>/bevakning/", planning.follow_up, name="follow_up"),
]
