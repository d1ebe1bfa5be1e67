from django.urls import path

from styrkedja.workflows.views import migration, notices, routines

app_name = "workflows"
urlpatterns = [
    path("aviseringar/lasta/", notices.mark_notices_read, name="mark_notices_read"),
    path("rutiner/", routines.routines, name="routines"),
    path("rutiner/definition/<int:definition_id>/karta.bpmn", routines.definition_bpmn, name="definition_bpmn"),
    path("rutiner/definition/<int:definition_id>/rutin.bpmn", routines.definition_bpmn, {"download": True}, name="definition_file"),
    path("rutiner/<slug:county>/<str:key>/", routines.routine, name="routine"),
    path("rutiner/<slug:county>/<str:key>/flytta/", migration.move_cases, name="move_cases"),
    path("rutiner/<slug:county>/<str:key>/<int:version>/", routines.routine, name="routine_version"),
]
