"""People: the way in, one's own page, the directory, the team's pages."""

from __future__ import annotations

from allauth.socialaccount import views as social
from django.urls import include, path

from fabrique.web.pages import (
    account,
    articles_import,
    data,
    directory,
    groups,
    joining,
    me,
    members_import,
    structures,
    team_memberships,
    team_people,
    team_structures,
)

# The names that begin with "account_" and "socialaccount_" are those by which allauth finds them.
WAY_IN = [
    path("account/enter/", account.Enter.as_view(), name="enter"),
    path("account/enter/", account.Enter.as_view(), name="account_login"),
    path("account/enter/", account.Enter.as_view(), name="account_request_login_code"),
    path("account/code/", account.Code.as_view(), name="account_confirm_login_code"),
    path("account/new/", account.SignUp.as_view(), name="account_signup"),
    path("account/new/code/", account.Verify.as_view(), name="account_email_verification_sent"),
    path("account/leave/", account.Leave.as_view(), name="account_logout"),
    path("account/asleep/", account.asleep, name="account_inactive"),
    path("account/link/<token>", account.link, name="sign-in-link"),
    path("account/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("account/other/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("account/other/error/", social.login_error, name="socialaccount_login_error"),
    path("account/other/new/", social.signup, name="socialaccount_signup"),
]
PAGES = [
    path("me/", me.page, name="me"),
    path("me/", me.page, name="account_email"),
    path("me/data/", data.page, name="my-data"),
    path("me/data/all.zip", data.whole, name="my-data-zip"),
    path("people/", directory.page, name="people"),
    path("people/<uuid:who>/", directory.person, name="person"),
    path("people/<uuid:who>/<str:which>.webp", directory.picture, name="person-picture"),
    path("structures/<int:number>/", structures.page, name="structure"),
    path("groups/", groups.listed, name="groups"),
    path("groups/<slug:slug>/", groups.page, name="group"),
    path("join/", joining.page, name="join-association"),
]
TEAM = [
    path("team/people/", team_people.page, name="team-people"),
    path("team/people/<uuid:who>/", team_people.person, name="team-person"),
    path("team/memberships/", team_memberships.page, name="team-memberships"),
    path("team/structures/", team_structures.page, name="team-structures"),
    path("team/structures/<int:number>/", team_structures.structure, name="team-structure"),
    path("team/requests/", joining.requests, name="team-requests"),
    path("team/groups/", groups.team, name="team-groups"),
    path("team/import/", members_import.page, name="members-import"),
    path("team/import/<int:number>/", members_import.batch, name="members-batch"),
    path("team/import/articles/", articles_import.page, name="articles-import"),
    path("team/import/articles/<int:number>/", articles_import.batch, name="articles-batch"),
    path("team/import/articles/<slug:name>/", articles_import.look, name="articles-look"),
]
PATHS = [*WAY_IN, *PAGES, *TEAM]
