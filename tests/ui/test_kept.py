"""Parts of pages that are drawn once and kept: nobody meets another's, and nothing in them grows old."""

import re

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.urls import reverse
from django.utils import translation

from kiwoomweb.access.models import Account, Membership
from kiwoomweb.access.roles import Role
from kiwoomweb.ui.templatetags.keeping import forget_all
from tests.people import Person, make_account, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    forget_all()
    yield
    forget_all()


def page(person: Person, account: Account, name: str = "portfolio:trades") -> str:
    """The page without what is new in every answer: tokens, and the second it was drawn."""
    text = person.get(reverse(name, args=[account.code])).content.decode()
    tokens = r'nonce="[^"]+"|csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"'
    return re.sub(tokens + r'|data-clock="\d+"|data-ahead="-?\d+"|\d\d:\d\d KST', "", text)


def drawn(text: str, **context: object) -> str:
    return Template("{% load keeping %}" + text).render(Context(context))


def test_a_kept_part_sees_what_it_is_given_and_nothing_else():
    text = '{% kept "part" name=name %}{{ name }}/{{ secret }}{% endkept %}'

    assert drawn(text, name="민지", secret="s") == "민지/"
    assert drawn(text, name="소라", secret="t") == "소라/"


def test_it_is_drawn_once_for_each_value_and_language():
    text = '{% load i18n %}{% kept "part" name=name %}{{ name.upper }}{% translate "매매" %}{% endkept %}'

    class Name(str):
        asked = 0

        def upper(self) -> str:
            Name.asked += 1
            return super().upper()

    for _ in range(3):
        assert drawn(text, name=Name("a")) == "A매매"
    with translation.override("en"):
        assert drawn(text, name=Name("a")) == "ATrade"
    assert Name.asked == 2


def test_while_templates_change_nothing_is_kept(settings):
    settings.DEBUG = True
    assert drawn('{% kept "part" %}1{% endkept %}') == "1"
    assert drawn('{% kept "part" %}2{% endkept %}') == "2"


@pytest.mark.parametrize("tag", ["{% kept %}", '{% kept "part" name %}'])
def test_a_part_without_a_name_or_a_value_without_one_is_refused(tag):
    with pytest.raises(TemplateSyntaxError):
        drawn(tag + "{% endkept %}")


@pytest.mark.security("S-72", asvs=["14.2.2"])
def test_pages_are_the_same_whoever_was_there_before(owner, viewer, stranger, account, strangers_account):
    visits = [(owner, account), (viewer, account), (stranger, strangers_account)]
    fresh = []
    for person, of in visits:
        forget_all()
        fresh.append(page(person, of))

    assert [page(person, of) for person, of in visits * 2] == fresh * 2
    assert account.name not in fresh[2].replace(strangers_account.name, "")


@pytest.mark.security("S-72", asvs=["14.2.2"])
def test_a_new_account_a_new_name_and_a_lost_membership_show_at_once(owner, team, account):
    page(owner, account)
    second = make_account(team, "둘째 계좌", "8100000222")
    assert "둘째 계좌" in page(owner, account)
    Account.objects.filter(pk=second.pk).update(name="새 이름")
    assert "둘째 계좌" not in page(owner, account)

    mira = make_person("Mira2", team, Role.MANAGER)
    assert mira.get(reverse("portfolio:trades", args=[account.code])).status_code == 200
    Membership.objects.filter(user=mira.user).delete()
    assert mira.get(reverse("portfolio:trades", args=[account.code])).status_code == 404


def test_who_becomes_a_viewer_is_offered_no_change_on_the_next_page(owner, team, account):
    jun = make_person("Jun2", team, Role.TRADER)
    assert 'id="bulk-edit"' in page(jun, account)
    Membership.objects.filter(user=jun.user).update(role=Role.VIEWER)

    assert 'id="bulk-edit"' not in page(jun, account)


def test_who_reads_english_gets_english_and_the_next_reader_korean(owner, viewer, account):
    viewer.user.language = "en"
    viewer.user.save()

    assert "매매일지" in page(owner, account)
    assert "매매일지" not in page(viewer, account)
    assert "매매일지" in page(owner, account)
