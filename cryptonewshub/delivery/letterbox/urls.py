"""The live addresses under /comments/."""

from django.urls import path

from cryptonewshub.delivery.letterbox import letters, mine, writing

urlpatterns = [
    path("challenge/", writing.challenge),
    path("write/<uuid:article>/", writing.write),
    path("error/<uuid:article>/", writing.report_error),
    path("flag/<int:number>/", writing.flag_comment),
    path("at/<int:number>/", writing.find_comment),
    path("mine/<str:token>/", mine.mine),
    path("follow/<uuid:article>/", letters.follow_thread),
    path("data/", letters.ask_for_data),
    path("post/<slug:word>/<str:token>/", letters.act_on_link),
]
