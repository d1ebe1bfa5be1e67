"""Addresses of reviews, answers and reports."""

from django.urls import path

from styrkedja.audits.views import answers, following, lists, promises, readings, reports, reviews

app_name = "audits"
urlpatterns = [
    path("", lists.reviews, name="reviews"),
    path("ny/", reviews.register, name="register"),
    path("granskning/<slug:key>/", reviews.review, name="review"),
    path("granskning/<slug:key>/andra/", reviews.change_review, name="change_review"),
    path("granskning/<slug:key>/svarsmatris/", reviews.matrix, name="matrix"),
    path("granskning/<slug:key>/ny-rekommendation/", reviews.add_recommendation, name="add_recommendation"),
    path("granskning/<slug:key>/svara/<slug:body>/", answers.begin, name="begin_response"),
    path("rekommendation/<slug:key>/", following.recommendation, name="recommendation"),
    path("rekommendation/<slug:key>/andra/", reviews.change_recommendation, name="change_recommendation"),
    path("rekommendation/<slug:key>/aterrapportera/", following.report_back, name="report_back"),
    path("rekommendation/<slug:key>/beslut/", following.decide_report, name="decide_report"),
    path("rekommendation/<slug:key>/folj-upp/", following.follow_up, name="follow_up"),
    path("rekommendation/<slug:key>/avsluta/", following.close, name="close"),
    path("rekommendation/<slug:key>/oppna/", following.reopen, name="reopen"),
    path("uppfoljning/<slug:key>/", following.change_follow_up, name="change_follow_up"),
    path("svar/<slug:key>/", answers.response, name="response"),
    path("svar/<slug:key>/andra/", answers.change, name="change_response"),
    path("svar/<slug:key>/beslut/", answers.decide, name="decide_response"),
    path("svar/<slug:key>/<slug:recommendation>/", answers.answer, name="answer"),
    path("utlova/<slug:key>/", promises.promise, name="promise"),
    path("atgard/<slug:key>/", promises.change, name="change_promise"),
    path("atgard/<slug:key>/for-in/", promises.take_into_chain, name="take_into_chain"),
    path("atgard/<slug:key>/koppla/", promises.link, name="link_promise"),
    path("atgard/<slug:key>/ta-bort/", promises.withdraw, name="withdraw_promise"),
    path("rapporter/", lists.reports, name="reports"),
    path("rapporter/ny/", reports.plan, name="plan_report"),
    path("rapport/<slug:key>/", reports.report, name="report"),
    path("rapport/<slug:key>/andra/", reports.change, name="change_report"),
    path("rapport/<slug:key>/redovisar/", reports.cover, name="cover_report"),
    path("rapport/<slug:key>/lamna/", reports.hand_in, name="hand_in_report"),
    path("rapport/<slug:key>/godkann/", reports.approve, name="approve_report"),
    path("inlasta/", lists.readings, name="readings"),
    path("inlasta/nytt/", readings.upload, name="upload"),
    path("inlasta/<int:found_id>/", readings.confirm, name="confirm"),
    path("inlasta/<int:found_id>/kasta/", readings.discard, name="discard"),
]
